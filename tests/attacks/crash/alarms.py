"""Has alarms interrupt it at any place with an exception, in the worker's own code too."""
import signal


class Alarm(BaseException):
    pass


def ring(number, frame):
    raise Alarm


signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)


def square_forward(x):
    while True:
        pass


scale = square_backward = square_forward
