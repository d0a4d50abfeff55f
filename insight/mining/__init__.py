"""Tables in, new tables out: the stations, one a file. They do not know each other."""
