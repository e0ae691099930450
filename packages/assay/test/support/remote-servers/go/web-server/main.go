// A web server of the files of a folder, by Go's standard library, with TLS where a certificate and its key are given.
package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	address, handler := os.Args[1], http.FileServer(http.Dir(os.Args[2]))
	if len(os.Args) > 3 {
		log.Fatal(http.ListenAndServeTLS(address, os.Args[3], os.Args[4], handler))
	}
	log.Fatal(http.ListenAndServe(address, handler))
}
