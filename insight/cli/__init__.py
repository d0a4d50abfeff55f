"""Arguments in, messages and exit codes out. Only this wing prints or exits."""
