"""Long work: fair queues, deadlines, cancellation."""

from app.work.ambient import check, run
from app.work.fair_queue import FairQueue
from app.work.job import Job
from app.work.pool import Pool

__all__ = ["FairQueue", "Job", "Pool", "check", "run"]
