"""Makes pools of processes, in every way that multiprocessing has."""
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from aims import attempt, scale


def work(number):
    return number


for way in ("fork", "spawn", "forkserver"):
    context = multiprocessing.get_context(way)
    attempt(lambda: context.Process(target=work, args=(1,)).start())
    attempt(lambda: context.SimpleQueue().put(1))
attempt(lambda: ProcessPoolExecutor(1).submit(work, 1).result(1))
attempt(multiprocessing.shared_memory.SharedMemory if hasattr(multiprocessing, "shared_memory") else open, None)
