"""The bench: one locked process per submission, and both ends of the wire to it.

worker.py is the untrusted end, server.py forks it, client.py is the examiner's end; the other files are the locks.
"""
