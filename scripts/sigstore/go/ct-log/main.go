// A certificate transparency log for one machine: TesseraCT (static CT, C2SP static-ct-api) over files.
// TesseraCT's own command for POSIX wants a database for duplicates; this one keeps them in memory.
package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/transparency-dev/tessera"
	files "github.com/transparency-dev/tessera/storage/posix"
	"github.com/transparency-dev/tesseract"
	"github.com/transparency-dev/tesseract/storage"
	issuers "github.com/transparency-dev/tesseract/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

type settings struct{ listen, key, origin, folder, roots string }

func main() {
	var s settings
	flag.StringVar(&s.listen, "listen", "", "address and port")
	flag.StringVar(&s.key, "key", "", "the log's private key, PEM, EC PRIVATE KEY (SEC 1)")
	flag.StringVar(&s.origin, "origin", "localhost", "the name in the log's checkpoints")
	flag.StringVar(&s.folder, "folder", "", "where the log's tiles are kept")
	flag.StringVar(&s.roots, "roots", "", "the root certificates under which it accepts certificates, PEM")
	flag.Parse()
	if err := serve(s); err != nil {
		log.Fatal(err)
	}
}

func serve(s settings) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	signer, err := readKey(s.key)
	if err != nil {
		return err
	}
	// Certificates for signing code only: what Fulcio issues.
	accepted := tesseract.ChainValidationConfig{RootsPEMFile: s.roots, ExtKeyUsages: "CodeSigning"}
	open := func(ctx context.Context, checkpoints note.Signer) (*storage.CTStorage, error) {
		return openStorage(ctx, s.folder, checkpoints)
	}
	handler, err := tesseract.NewLogHandler(ctx, s.origin, signer, accepted, open, 10*time.Second, false, "",
		tesseract.LogHandlerOpts{MaxCertChainBytes: 512 << 10})
	if err != nil {
		return err
	}
	server := &http.Server{Addr: s.listen, Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func openStorage(ctx context.Context, folder string, checkpoints note.Signer) (*storage.CTStorage, error) {
	driver, err := files.New(ctx, files.Config{Path: folder})
	if err != nil {
		return nil, err
	}
	options := tessera.NewAppendOptions().
		WithCheckpointSigner(checkpoints).
		WithCTLayout().
		WithAntispam(256, nil).
		WithCheckpointInterval(time.Second).
		WithBatching(64, 100*time.Millisecond)
	appender, _, reader, err := tessera.NewAppender(ctx, driver, options)
	if err != nil {
		return nil, err
	}
	issuerStorage, err := issuers.NewIssuerStorage(ctx, folder)
	if err != nil {
		return nil, err
	}
	return storage.NewCTStorage(ctx, &storage.CTStorageOptions{Appender: appender, Reader: reader, IssuerStorage: issuerStorage})
}

func readKey(file string) (*ecdsa.PrivateKey, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s holds no PEM", file)
	}
	return x509.ParseECPrivateKey(block.Bytes)
}
