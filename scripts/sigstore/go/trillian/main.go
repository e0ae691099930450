// What Rekor 1 keeps its log in: Trillian's log server and sequencer in one process, in memory.
// Everything is gone when it ends: for tests, never for an organization's own log.
package main

import (
	"context"
	"flag"
	"log"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/google/trillian"
	"github.com/google/trillian/extension"
	sequencing "github.com/google/trillian/log"
	"github.com/google/trillian/monitoring"
	"github.com/google/trillian/quota"
	"github.com/google/trillian/server"
	"github.com/google/trillian/server/admin"
	"github.com/google/trillian/storage/memory"
	"github.com/google/trillian/util/clock"
	"github.com/google/trillian/util/election"
	"github.com/google/trillian/util/election2"
	"google.golang.org/grpc"
)

func main() {
	listen := flag.String("listen", "", "address and port")
	every := flag.Duration("interval", 50*time.Millisecond, "how often waiting entries are put into the tree")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx, *listen, *every); err != nil {
		log.Fatal(err)
	}
}

func serve(ctx context.Context, listen string, every time.Duration) error {
	trees := memory.NewTreeStorage()
	registry := extension.Registry{
		AdminStorage:    memory.NewAdminStorage(trees),
		LogStorage:      memory.NewLogStorage(trees, monitoring.InertMetricFactory{}),
		ElectionFactory: election2.NoopFactory{},
		QuotaManager:    quota.Noop(),
		MetricFactory:   monitoring.InertMetricFactory{},
	}
	go sequencing.NewOperationManager(sequencing.OperationInfo{
		Registry:    registry,
		BatchSize:   1000,
		NumWorkers:  2,
		RunInterval: every,
		TimeSource:  clock.System,
		ElectionConfig: election.RunnerConfig{
			PreElectionPause:   time.Millisecond,
			MasterHoldInterval: time.Hour,
			MasterHoldJitter:   time.Minute,
			TimeSource:         clock.System,
		},
	}, sequencing.NewSequencerManager(registry, 0)).OperationLoop(ctx)

	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	calls := grpc.NewServer()
	trillian.RegisterTrillianLogServer(calls, server.NewTrillianLogRPCServer(registry, clock.System))
	trillian.RegisterTrillianAdminServer(calls, admin.New(registry, nil))
	go func() {
		<-ctx.Done()
		calls.Stop()
	}()
	return calls.Serve(listener)
}
