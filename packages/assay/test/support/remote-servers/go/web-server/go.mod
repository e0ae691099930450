module assay.example.com/web-server

go 1.26
