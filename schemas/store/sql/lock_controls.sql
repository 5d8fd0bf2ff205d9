-- Locks the program's row: changes of controls and settings come one after another.
select controls_revision from program for no key update
