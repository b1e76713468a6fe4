-- 培训: one row per session.
SELECT
  held_on AS day, town, form, CAST(1 AS BIGINT) AS sessions, attendances,
  training_id, name, file, sheet, row_no
FROM src_training
ORDER BY held_on, town, training_id
