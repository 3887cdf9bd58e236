package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/gophergrad/gophergrad/install"
	"github.com/gophergrad/gophergrad/interp"
)

func doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say what this machine offers the kernel and what is wrong",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			problems := 0
			for _, f := range install.Examine(interp.Version) {
				fmt.Printf("%-8s %-11s %s\n", f.Status, f.Topic, f.Detail)
				if f.Status == install.Problem {
					problems++
				}
			}
			if problems > 0 {
				return fmt.Errorf("problems found: %d", problems)
			}
			return nil
		},
	}
}
