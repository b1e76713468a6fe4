-- 持证人: one interval per certificate, until the person's next one in any occupation, so that each person
-- stands once, in the town of the newest certificate. high: best level so far is 高级工 or above.
SELECT
  from_on, to_on, town, CAST(1 AS BIGINT) AS holders, CAST(high AS BIGINT) AS high_holders,
  certificate_no, file, sheet, row_no
FROM (
  SELECT
    c.certificate_no, c.issued_on AS from_on, c.town, c.file, c.sheet, c.row_no,
    LEAD(c.issued_on) OVER (
      PARTITION BY c.person_key ORDER BY c.issued_on, l.level_rank, c.certificate_no
    ) AS to_on,
    MAX(l.is_high) OVER (
      PARTITION BY c.person_key ORDER BY c.issued_on, l.level_rank, c.certificate_no
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS high
  FROM src_certificate AS c
  INNER JOIN code_level AS l ON l.code = c.level
) AS intervals
WHERE to_on IS NULL OR to_on > from_on
ORDER BY from_on, town, certificate_no
