-- 技能证书: one row per certificate; what it is to the person is decided here, once.
-- 晋级: level above the person's best earlier one in the same occupation. A first certificate is none.
-- 晋级人数: the person's first promotion of a calendar year, in whatever occupation.
WITH ranked AS (
  SELECT
    certificate_no, person_no, issued_on, level_rank,
    ROW_NUMBER() OVER (PARTITION BY person_no, occupation_code ORDER BY award_no) AS nth,
    MAX(level_rank) OVER (
      PARTITION BY person_no, occupation_code ORDER BY award_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS best_before
  FROM award
),
judged AS (
  SELECT
    certificate_no, person_no, issued_on, nth, best_before,
    CASE WHEN nth > 1 AND level_rank > best_before THEN 1 ELSE 0 END AS promoted
  FROM ranked
),
counted AS (
  SELECT
    certificate_no, nth, best_before, promoted,
    ROW_NUMBER() OVER (
      PARTITION BY person_no, EXTRACT(YEAR FROM issued_on), promoted ORDER BY issued_on, certificate_no
    ) AS nth_of_year
  FROM judged
)
SELECT
  c.issued_on AS day, c.town, c.channel, c.level AS to_level, c.industry, c.issuer, c.nef,
  CAST(1 AS BIGINT) AS certificates,
  CAST(n.promoted AS BIGINT) AS promotions,
  CAST(CASE WHEN n.promoted = 1 AND n.nth_of_year = 1 THEN 1 ELSE 0 END AS BIGINT) AS promoted_persons,
  CAST(CASE WHEN n.promoted = 1 AND c.channel = 'contest' THEN 1 ELSE 0 END AS BIGINT) AS contest_promotions,
  c.certificate_no, c.occupation, f.code AS from_level, c.file, c.sheet, c.row_no
FROM counted AS n
INNER JOIN src_certificate AS c ON c.certificate_no = n.certificate_no
LEFT JOIN code_level AS f ON n.nth > 1 AND f.level_rank = n.best_before
ORDER BY c.issued_on, c.town, c.certificate_no
