-- Replaces the settings that were read as version $2.
update program set settings = $1::jsonb, settings_version = settings_version + 1
where settings_version = $2
returning settings_version
