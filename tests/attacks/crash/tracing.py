"""Has every line, call and return of its process traced by functions that raise, change variables and recurse."""
import sys
import threading


def trace(frame, event, argument):
    frame.f_trace_opcodes = True
    if "reply" in frame.f_code.co_name:
        raise KeyboardInterrupt("passed")
    return trace


sys.settrace(trace)
sys.setprofile(trace)
threading.settrace(trace)
sys.addaudithook(lambda event, args: None)
