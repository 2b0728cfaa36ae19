"""How much this process may take while it reads a file of somebody else."""

import signal
from pathlib import Path
from types import FrameType

from kb.exchange.incoming import Unusable
from kb.services.importing.stepping import STOPPED

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_S = 120
# After the signal there is a little time to say so.
GRACE_S = 20


def limit_process() -> None:
    """No more memory than this on top of what the program has now, and no more time of the processor.

    Too much memory raises MemoryError or ends the process, too much time raises Unusable. Only where the
    system knows such limits.
    """
    try:
        import resource  # noqa: PLC0415 - Windows does not have it
    except ImportError:  # pragma: no cover
        return
    signal.signal(signal.SIGXCPU, _stop)
    used = resource.getrusage(resource.RUSAGE_SELF)
    so_far = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (so_far + CPU_S, so_far + CPU_S + GRACE_S))
    if size := _memory_bytes():
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY_BYTES, size + MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _memory_bytes() -> int:
    """The address space in use; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:  # pragma: no cover
        return 0
    import resource  # noqa: PLC0415

    return pages * resource.getpagesize()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Unusable(STOPPED)
