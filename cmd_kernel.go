package main

import (
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"github.com/gophergrad/gophergrad/interp"
	"github.com/gophergrad/gophergrad/kernel"
)

func kernelCommand() *cobra.Command {
	var connectionFile string
	cmd := &cobra.Command{
		Use:   "kernel",
		Short: "Serve a Jupyter front end (Jupyter starts this)",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			log := slog.New(slog.NewTextHandler(os.Stderr, nil)) // before the session takes os.Stderr
			session, err := interp.New()
			if err != nil {
				return err
			}
			return kernel.Run(cmd.Context(), connectionFile, session, log)
		},
	}
	cmd.Flags().StringVarP(&connectionFile, "connection-file", "f", "", "Jupyter's connection `file`")
	cmd.MarkFlagRequired("connection-file")
	return cmd
}
