"""Where the event stands: computed once for each content, shown in a terminal, as JSON, drawn."""
