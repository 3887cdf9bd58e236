package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/gophergrad/gophergrad/install"
	"github.com/gophergrad/gophergrad/interp"
)

func installCommand() *cobra.Command {
	var where location
	o := install.Options{Version: interp.Version}
	cmd := &cobra.Command{
		Use:   "install",
		Short: "Make Jupyter see this kernel",
		Long:  "Copies this program and its kernelspec to where Jupyter looks for kernels. No Python is needed.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			dataDir, err := where.dataDir()
			if err != nil {
				return err
			}
			dir, err := install.Install(dataDir, o)
			if err != nil {
				return err
			}
			fmt.Printf("installed %s in %s\n", o.DisplayName, dir)
			return nil
		},
	}
	where.flags(cmd)
	cmd.Flags().StringVar(&o.Name, "name", install.DefaultName, "name of the kernelspec")
	cmd.Flags().StringVar(&o.DisplayName, "display-name", install.DefaultDisplayName, "name that front ends show")
	cmd.Flags().BoolVar(&o.Force, "force", false, "replace a kernelspec that gophergrad did not write")
	return cmd
}

func uninstallCommand() *cobra.Command {
	var where location
	var name string
	cmd := &cobra.Command{
		Use:   "uninstall",
		Short: "Remove what install wrote",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			dataDir, err := where.dataDir()
			if err != nil {
				return err
			}
			dir, err := install.Uninstall(dataDir, name)
			if err != nil {
				return err
			}
			fmt.Println("removed", dir)
			return nil
		},
	}
	where.flags(cmd)
	cmd.Flags().StringVar(&name, "name", install.DefaultName, "name of the kernelspec")
	return cmd
}

// location is the choice of a Jupyter data folder by flags.
type location struct {
	user, sysPrefix bool
	prefix          string
}

func (l *location) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&l.user, "user", false, "for the current user (the default)")
	cmd.Flags().BoolVar(&l.sysPrefix, "sys-prefix", false, "in the active virtual environment, or that of the python in PATH")
	cmd.Flags().StringVar(&l.prefix, "prefix", "", "under `P`/share/jupyter")
	cmd.MarkFlagsMutuallyExclusive("user", "sys-prefix", "prefix")
}

func (l *location) dataDir() (string, error) {
	switch {
	case l.prefix != "":
		return install.PrefixDir(l.prefix), nil
	case l.sysPrefix:
		return install.SysPrefixDir()
	}
	return install.UserDir()
}
