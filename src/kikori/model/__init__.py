"""Frozen data that every layer speaks in; knows nothing of files, Docker or pytest."""

from kikori.model.attempt import Attempt, Command, Event, Stage
from kikori.model.course import Course, CourseToml, Module, ModuleToml, Reading
from kikori.model.lab import Change, Commit, Exercise, Fault, Hint, Kind, Lab, Param, Prompt, Text
from kikori.model.report import CheckResult, Outcome, Report

__all__ = [
    "Attempt",
    "Change",
    "CheckResult",
    "Command",
    "Commit",
    "Course",
    "CourseToml",
    "Event",
    "Exercise",
    "Fault",
    "Hint",
    "Kind",
    "Lab",
    "Module",
    "ModuleToml",
    "Outcome",
    "Param",
    "Prompt",
    "Reading",
    "Report",
    "Stage",
    "Text",
]
