-- How often controls were changed, and the settings that they depend on.
select controls_revision, settings::text from program
