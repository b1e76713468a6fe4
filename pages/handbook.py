from cockpit import shell

page = shell.page("handbook")
