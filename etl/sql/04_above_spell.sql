-- 规上 counts for the whole calendar years in which the enterprise is listed.
SELECT e.uscc, y.from_on, y.to_on
FROM src_enterprise AS e
INNER JOIN calendar_year AS y ON e.above_scale_years LIKE '%' || y.label || '%'
WHERE e.above_scale_years IS NOT NULL
