package main

import (
	"log/slog"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/gophergrad/gophergrad/install"
	"github.com/gophergrad/gophergrad/interp"
	"github.com/gophergrad/gophergrad/kernel"
)

func kernelCommand() *cobra.Command {
	var connectionFile string
	cmd := &cobra.Command{
		Use:   "kernel",
		Short: "Serve a Jupyter front end (Jupyter starts this)",
		Args:  cobra.ArbitraryArgs, // jupyter run adds the files, which it sends itself
		RunE: func(cmd *cobra.Command, _ []string) error {
			connection, err := kernel.ReadConnection(connectionFile)
			if err != nil {
				return err
			}
			session, err := interp.New()
			if err != nil {
				return err
			}
			os.Args = os.Args[:1] // what package flag parses for cells
			if unmarkAlive(connectionFile) {
				session.Notice(lostNotice)
			}
			markAlive(connectionFile)
			defer unmarkAlive(connectionFile)
			defer endChildren()
			stderr, restore, err := session.CaptureDescriptors()
			if err != nil {
				return err
			}
			defer restore()
			k := kernel.New(session, slog.New(slog.NewTextHandler(stderr, nil)))
			session.ServeComms(k.Comms())
			if dir, err := install.UserDir(); err == nil {
				k.KeepHistory(filepath.Join(dir, "gophergrad", "history.jsonl"))
			}
			return k.Run(cmd.Context(), connection)
		},
	}
	cmd.Flags().StringVarP(&connectionFile, "connection-file", "f", "", "Jupyter's connection `file`")
	cmd.MarkFlagRequired("connection-file")
	return cmd
}
