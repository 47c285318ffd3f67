"""Gongkai (公开): open-government disclosure for Chinese public bodies."""

__version__ = "0.1.0"
