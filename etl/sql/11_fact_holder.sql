-- 持证人: one interval per certificate, until the person's next one in any occupation, so that each person
-- stands once, in the town of the newest certificate. high: best level so far is 高级工 or above.
SELECT
  from_on, to_on, town, CAST(1 AS BIGINT) AS holders, CAST(high AS BIGINT) AS high_holders,
  certificate_no, file, sheet, row_no
FROM (
  SELECT
    c.certificate_no, c.issued_on AS from_on, c.town, c.file, c.sheet, c.row_no,
    a.to_on, a.high
  FROM (
    SELECT
      certificate_no,
      LEAD(issued_on) OVER (PARTITION BY person_no ORDER BY award_no) AS to_on,
      MAX(is_high) OVER (
        PARTITION BY person_no ORDER BY award_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS high
    FROM award
  ) AS a
  INNER JOIN src_certificate AS c ON c.certificate_no = a.certificate_no
) AS intervals
WHERE to_on IS NULL OR to_on > from_on
ORDER BY from_on, town, certificate_no
