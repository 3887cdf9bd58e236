// Command gophergrad is a Jupyter kernel for interactive deep learning in Go.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gophergrad/gophergrad/interp"
)

func main() {
	tuneMemory()
	// Cells parse flags, too: those that packages of the program have put there are not theirs.
	flag.CommandLine = flag.NewFlagSet(os.Args[0], flag.PanicOnError)
	stderr := os.Stderr // a session puts a pipe to its cells in its place
	root := &cobra.Command{
		Use:               "gophergrad",
		Short:             "A Jupyter kernel for interactive deep learning in Go",
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.AddCommand(kernelCommand(), installCommand(), uninstallCommand(), runCommand(), doctorCommand(), versionCommand())
	if err := root.Execute(); err != nil {
		fmt.Fprintln(stderr, "gophergrad:", strings.Join(strings.Fields(err.Error()), " "))
		os.Exit(1)
	}
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		Run: func(cmd *cobra.Command, _ []string) {
			fmt.Printf("gophergrad %s, %s %s/%s\n", interp.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		},
	}
}
