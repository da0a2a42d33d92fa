package main

type runCmd struct {
	plan `embed:""`
}

// Run is one night: what the web has, what it says, what is told of it.
func (c *runCmd) Run(s *session) error {
	return c.job(s, "run", (*night).collect, (*night).transform, (*night).report)
}
