// Package schedules says when a job is due, through the two days a year that have 23 and
// 25 hours, and whether a time was missed.
package schedules

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/robfig/cron/v3"
)

// Jobs are what a schedule may start.
var Jobs = []string{"run", "collect", "transform", "report"}

// A Schedule is a job and the times of the wall clock at which it is due.
type Schedule struct {
	Name string `yaml:"name"`
	Cron string `yaml:"cron"` // five fields: minute, hour, day, month, weekday
	Job  string `yaml:"job"`  // one of Jobs

	due   cron.Schedule // reckoned in UTC, as if it were the wall clock
	place *time.Location
}

// New returns a schedule of the wall clock of place. It refuses a line that cron cannot
// read or that is never due.
func New(name, line, job string, place *time.Location) (s Schedule, err error) {
	defer func() {
		if r := recover(); r != nil { // the parser panics on "TZ=" and its like
			err = fmt.Errorf("schedule %s: cron line %q: %v", name, line, r)
		}
	}()
	if !slices.Contains(Jobs, job) {
		return Schedule{}, fmt.Errorf("schedule %s: job %q is none of %s", name, job, strings.Join(Jobs, ", "))
	}
	due, err := cron.ParseStandard(line)
	if err != nil {
		return Schedule{}, fmt.Errorf("schedule %s: cron line %q: %w", name, line, err)
	}
	if due.Next(time.Unix(0, 0).UTC()).IsZero() {
		return Schedule{}, fmt.Errorf("schedule %s: cron line %q is never due", name, line)
	}
	return Schedule{name, line, job, due, place}, nil
}

// Load reads a YAML file of schedules: a list of name, cron and job.
func Load(file string, place *time.Location) ([]Schedule, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read schedules: %w", err)
	}
	var rows []Schedule
	if err := yaml.UnmarshalWithOptions(data, &rows, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read schedules %s: %s", file, yaml.FormatError(err, false, true))
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("read schedules %s: %w", file, errors.New("no schedule in it"))
	}
	for i, r := range rows {
		if rows[i], err = New(r.Name, r.Cron, r.Job, place); err != nil {
			return nil, fmt.Errorf("read schedules %s: entry %d: %w", file, i+1, err)
		}
	}
	return rows, nil
}

// Next returns the first time after t at which the job is due. The hour that spring skips
// counts at its end, the hour that autumn repeats counts once: cron alone would skip the
// one and run the other twice.
func (s Schedule) Next(t time.Time) time.Time {
	local := t.In(s.place)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, time.UTC)
	for range 4 { // the repeated hour is stepped over; nothing repeats longer
		wall = s.due.Next(wall)
		due := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, s.place)
		if due.After(t) {
			return due
		}
	}
	return s.Next(t.Add(time.Hour))
}

// Missed reports whether the job was due between the last time that it began and now. A
// job that never began has missed nothing: its first time is ahead.
func (s Schedule) Missed(last, now time.Time) bool {
	return !last.IsZero() && !s.Next(last).After(now)
}
