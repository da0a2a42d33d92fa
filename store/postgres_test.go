package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"vigie/store"
	"vigie/store/storetest"
)

// TestPostgres holds all tests on PostgreSQL: one server, a schema each (a
// database each costs a third of a second).
func TestPostgres(t *testing.T) {
	newSchema := startPostgres(t)
	t.Run("suite", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T) *store.Store { return open(t, newSchema(t)) })
	})
	t.Run("every text column sorts by bytes", func(t *testing.T) { testCollation(t, open(t, newSchema(t))) })
	t.Run("the two schemas agree", func(t *testing.T) {
		testSameSchema(t, open(t, filepath.Join(t.TempDir(), "vigie.db")), open(t, newSchema(t)))
	})
	t.Run("a context that ends stops a query", func(t *testing.T) { testCancelStopsQuery(t, open(t, newSchema(t))) })
	t.Run("columns", func(t *testing.T) { testColumns(t, open(t, newSchema(t))) })
	t.Run("opened again", func(t *testing.T) { testOpenedAgain(t, newSchema(t)) })
	t.Run("a newer schema is refused", func(t *testing.T) { testNewerSchema(t, newSchema(t)) })
	t.Run("two processes open it at once", func(t *testing.T) { testTwoProcesses(t, newSchema(t)) })
	t.Run("a lock dies with its process", func(t *testing.T) { testLockDies(t, newSchema(t)) })
	t.Run("facts known on any day", func(t *testing.T) { testReplay(t, open(t, newSchema(t))) })
	t.Run("a wrong address", func(t *testing.T) {
		dsn := strings.Replace(newSchema(t), "postgres://vigie@", "postgres://nobody:hunter2@", 1)
		_, err := store.Open(context.Background(), dsn)
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("error %v, want one without the password", err)
		}
	})
}

// startPostgres starts a server on a free loopback port and returns what makes an
// empty schema on it, for a store to begin in.
func startPostgres(t *testing.T) (newSchema func(t *testing.T) string) {
	t.Helper()
	initdb, pgctl := postgresTool(t, "initdb"), postgresTool(t, "pg_ctl")
	dir, err := os.MkdirTemp("", "vigie-pg") // not t.TempDir: another user's server must get there
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	asServer := serverUser(t, dir)
	data, log := filepath.Join(dir, "data"), filepath.Join(dir, "log")

	create := exec.Command(initdb, "-D", data, "-U", "vigie", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
	asServer(create)
	if out, err := create.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	port := freePort(t)
	// The shell stops the server when our end of its input closes, which happens
	// however this process ends.
	options := fmt.Sprintf("-F -k %s -c listen_addresses=127.0.0.1 -p %d", dir, port)
	shell := exec.Command("/bin/sh", "-c",
		`"$0" -s -w -D "$1" -l "$2" -o "$3" start && echo started; read _; "$0" -s -w -m immediate -D "$1" stop`,
		pgctl, data, log, options)
	asServer(shell)
	in, out := pipes(t, shell)
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := shell.Wait(); err != nil {
			t.Errorf("stop the server: %v", err)
		}
	})
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "started\n" {
		why, _ := os.ReadFile(log)
		t.Fatalf("the server did not start\n%s", why)
	}
	return schemas(t, fmt.Sprintf("postgres://vigie@127.0.0.1:%d/", port))
}

func schemas(t *testing.T, server string) func(t *testing.T) string {
	db, err := sql.Open("pgx", server+"postgres")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	var n atomic.Int64
	return func(t *testing.T) string {
		name := fmt.Sprintf("vigie%d", n.Add(1))
		if _, err := db.Exec(`CREATE SCHEMA ` + name); err != nil {
			t.Fatal(err)
		}
		return server + "postgres?search_path=" + name
	}
}

// postgresTool finds a program of the server, which Debian keeps off the PATH.
func postgresTool(t *testing.T, name string) string {
	t.Helper()
	if path, err := exec.LookPath(name); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return real // the server finds its own files from where it lies
		}
		return path
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) == 0 {
		t.Skipf("PostgreSQL not installed: %s not found", name)
	}
	return slices.Max(found)
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func pipes(t *testing.T, cmd *exec.Cmd) (io.WriteCloser, io.Reader) {
	t.Helper()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	return in, out
}

func testCollation(t *testing.T, s *store.Store) {
	_, db := store.Handles(s)
	var odd int
	err := db.QueryRow(`SELECT count(*) FROM information_schema.columns
		WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`).Scan(&odd)
	if err != nil || odd > 0 {
		t.Errorf("%d text columns without COLLATE \"C\", %v: the two databases would sort differently", odd, err)
	}
}

// testSameSchema compares names of tables and columns, and which may be NULL.
func testSameSchema(t *testing.T, lite, pg *store.Store) {
	columns := func(s *store.Store, query string) []string {
		_, db := store.Handles(s)
		rows, err := db.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var all []string
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			all = append(all, name)
		}
		slices.Sort(all)
		return all
	}
	a := columns(lite, `SELECT m.name || '.' || c.name || CASE WHEN c."notnull" = 1 THEN '' ELSE ' NULL' END
		FROM sqlite_schema m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'vigie_schema'`)
	b := columns(pg, `SELECT table_name || '.' || column_name || CASE WHEN is_nullable = 'NO' THEN '' ELSE ' NULL' END
		FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'vigie_schema'`)
	if !slices.Equal(a, b) || len(a) < 50 {
		t.Errorf("SQLite has\n%s\nPostgreSQL\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
}
