"""A sweep on SLURM: one process that writes, and as many workers as the queue gives.

Needs dask, distributed, dask-jobqueue and cryptography on the login node and in the jobs. Start it
where it may run for long, and again after it was stopped:

    python slurm.py sweep.toml /scratch/me/sweep

Scheduler, workers and this process are joined by TLS: without it every user of the cluster could
run programs as you. The certificates are made for this run (``distributed.Security.temporary``).
"""

import sys
from functools import partial
from pathlib import Path

from dask.distributed import Client
from dask_jobqueue import SLURMCluster

from ssb_model.sweep import read_sweep, run_sweep
from ssb_model.sweep.cluster import on_cluster

JOBS = 20
SETTINGS = {
    "queue": "normal",
    "account": "my-project",
    "cores": 16,
    "processes": 16,  # one thread each, as one chunk is computed by one thread
    "memory": "32 GB",
    "walltime": "02:00:00",
    "interface": "ib0",  # by which nodes see each other
    "security": True,
    # Where workers find their certificates, in files that you alone can read: all nodes see it.
    "shared_temp_directory": str(Path.home()),
    # Ended before SLURM does it, so that chunks are handed on instead of lost.
    "worker_extra_args": ["--lifetime", "110m", "--lifetime-stagger", "5m"],
}


def main(path, out):
    """Sweep with up to JOBS jobs, each asked for again when its time is over."""
    sweep = read_sweep(path)
    with SLURMCluster(**SETTINGS) as cluster, Client(cluster) as client:
        cluster.adapt(minimum_jobs=1, maximum_jobs=JOBS)
        run_sweep(sweep, Path(out), partial(on_cluster, client))


if __name__ == "__main__":
    main(*sys.argv[1:])
