package main

import (
	"errors"
	"flag"
	"os"
	"runtime"
	"runtime/pprof"
)

// A profile is where a benchmark's CPU time and allocations go.
type profile struct{ cpu, mem *string }

// profiles adds the flags that ask for one.
func profiles(f *flag.FlagSet) profile {
	return profile{f.String("cpuprofile", "", "file for a CPU profile"), f.String("memprofile", "", "file for a profile of all allocations")}
}

// start begins to record; stop writes what was asked for.
func (p profile) start() (stop func() error, err error) {
	if *p.cpu == "" {
		return p.writeAllocations, nil
	}
	out, err := os.Create(*p.cpu)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		return nil, errors.Join(err, out.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return errors.Join(out.Close(), p.writeAllocations())
	}, nil
}

func (p profile) writeAllocations() error {
	if *p.mem == "" {
		return nil
	}
	out, err := os.Create(*p.mem)
	if err != nil {
		return err
	}
	runtime.GC() // what is in use is only known after one
	return errors.Join(pprof.Lookup("allocs").WriteTo(out, 0), out.Close())
}
