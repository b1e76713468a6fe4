-- Which county has reported which source, and as of when. A county that declared an empty file has reported.
WITH seen AS (
  SELECT source, seq, county FROM touched
  UNION DISTINCT
  SELECT source, seq, district AS county FROM input
  WHERE refused = FALSE AND source IS NOT NULL AND rejected = 0
    AND district IN (SELECT county FROM src_division)
)
SELECT s.source, s.county, COALESCE(MAX(n.row_count), 0) AS rows, MAX(s.told_on) AS as_of
FROM (
  SELECT seen.source, seen.county, i.as_of AS told_on
  FROM seen
  INNER JOIN input AS i ON i.seq = seen.seq
) AS s
LEFT JOIN current_rows AS n ON n.source = s.source AND n.county = s.county
GROUP BY s.source, s.county
ORDER BY s.source, s.county
