"""An `Analysis` as strings: one file for each part of the page. No figure is made here, only written."""
