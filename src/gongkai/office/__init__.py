"""What every office needs each day: the calendar of working days and the messages to its people."""
