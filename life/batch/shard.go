package batch

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Shard is one of N equal parts of a batch, so that several machines share it: jobs
// K, K+N, K+2N, …, counted from 1. The zero value is the whole.
type Shard struct{ K, N int }

// ParseShard reads K/N, with K from 1 to N.
func ParseShard(s string) (Shard, error) {
	first, last, ok := strings.Cut(s, "/")
	k, err := strconv.Atoi(first)
	n, err2 := strconv.Atoi(last)
	if !ok || err != nil || err2 != nil {
		return Shard{}, errors.New("want K/N, such as 1/4 to 4/4, or auto")
	}
	if n < 1 || k < 1 || k > n {
		return Shard{}, fmt.Errorf("found part %d of %d, want 1/%d to %d/%d", k, n, max(n, 1), max(n, 1), max(n, 1))
	}
	return Shard{k, n}, nil
}

// ShardFromEnv returns the part that a scheduler means, by what it tells its tasks:
//
//	Slurm job arrays         SLURM_ARRAY_TASK_ID, _COUNT, and _MIN and _STEP where the array has them
//	Kubernetes indexed jobs  JOB_COMPLETION_INDEX, and JOB_COMPLETIONS, which the job's
//	                         template must set to .spec.completions
//
// It returns an error when there are none, or when they make no sense.
func ShardFromEnv(getenv func(string) string) (Shard, error) {
	if getenv("SLURM_ARRAY_TASK_ID") != "" {
		return slurmShard(getenv)
	}
	if getenv("JOB_COMPLETION_INDEX") != "" {
		index, err := envInt(getenv, "JOB_COMPLETION_INDEX", "")
		n, err2 := envInt(getenv, "JOB_COMPLETIONS", "")
		if err := errors.Join(err, err2); err != nil {
			return Shard{}, err
		}
		return inRange("JOB_COMPLETION_INDEX", index, n)
	}
	return Shard{}, errors.New("found neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX in the environment")
}

func slurmShard(getenv func(string) string) (Shard, error) {
	id, err := envInt(getenv, "SLURM_ARRAY_TASK_ID", "")
	n, err2 := envInt(getenv, "SLURM_ARRAY_TASK_COUNT", "")
	least, err3 := envInt(getenv, "SLURM_ARRAY_TASK_MIN", "0")
	step, err4 := envInt(getenv, "SLURM_ARRAY_TASK_STEP", "1")
	if err := errors.Join(err, err2, err3, err4); err != nil {
		return Shard{}, err
	}
	if step < 1 || (id-least)%step != 0 {
		return Shard{}, fmt.Errorf("SLURM_ARRAY_TASK_ID: found %d, want one of %d, %d, …", id, least, least+step)
	}
	return inRange("SLURM_ARRAY_TASK_ID", (id-least)/step, n)
}

// inRange returns part index, counted from 0, of n.
func inRange(name string, index, n int) (Shard, error) {
	if index < 0 || index >= n {
		return Shard{}, fmt.Errorf("%s: found part %d of %d, counted from 0", name, index, n)
	}
	return Shard{index + 1, n}, nil
}

func envInt(getenv func(string) string, name, missing string) (int, error) {
	text := getenv(name)
	if text == "" {
		text = missing
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%s: found %q, want a number", name, text)
	}
	return n, nil
}

// Of returns the jobs of the part.
func (s Shard) Of(jobs []Job) []Job {
	if s.N == 0 {
		return jobs
	}
	var part []Job
	for i := s.K - 1; i < len(jobs); i += s.N {
		part = append(part, jobs[i])
	}
	return part
}
