"""Measurements, run by `make bench` and never by the tests: a figure depends on the machine."""
