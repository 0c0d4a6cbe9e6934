"""Tests; they mirror the packages, plus e2e/, faults/ and bench/."""
