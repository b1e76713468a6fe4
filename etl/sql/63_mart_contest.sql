-- contest: facts summed by day, town and breakdown.
SELECT
  day, town, contest_level, CAST(SUM(d_events) AS BIGINT) AS events,
  CAST(SUM(d_entries) AS BIGINT) AS entries
FROM (
  SELECT
    day, town, contest_level, events AS d_events, entries AS d_entries
  FROM fact_contest
) AS changes
GROUP BY day, town, contest_level
ORDER BY day, town, contest_level
