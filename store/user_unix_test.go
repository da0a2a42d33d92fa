//go:build unix

package store_test

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
	"testing"
)

// serverUser gives dir to a user that PostgreSQL agrees to run as, and returns what
// makes a command run so: root may not.
func serverUser(t *testing.T, dir string) func(*exec.Cmd) {
	t.Helper()
	if os.Getuid() != 0 {
		return func(*exec.Cmd) {}
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		t.Skipf("PostgreSQL not installed: %v", err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
	return func(c *exec.Cmd) { runAs(c, uid, gid); c.Dir = dir }
}

func runAs(c *exec.Cmd, uid, gid int) {
	c.SysProcAttr = &syscall.SysProcAttr{
		Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, Setpgid: true,
	}
}

// asNobody makes a command run as a user whom file modes bind, which they do not root.
func asNobody(c *exec.Cmd) {
	if os.Getuid() == 0 {
		runAs(c, 65534, 65534)
	}
}
