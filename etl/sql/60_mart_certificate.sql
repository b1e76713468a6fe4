-- certificate: facts summed by day, town and breakdown.
SELECT
  day, town, channel, to_level, industry, issuer, nef, CAST(SUM(d_certificates) AS BIGINT) AS certificates,
  CAST(SUM(d_promotions) AS BIGINT) AS promotions,
  CAST(SUM(d_promoted_persons) AS BIGINT) AS promoted_persons,
  CAST(SUM(d_contest_promotions) AS BIGINT) AS contest_promotions
FROM (
  SELECT
    day, town, channel, to_level, industry, issuer, nef, certificates AS d_certificates,
    promotions AS d_promotions, promoted_persons AS d_promoted_persons,
    contest_promotions AS d_contest_promotions
  FROM fact_certificate
) AS changes
GROUP BY day, town, channel, to_level, industry, issuer, nef
ORDER BY day, town, channel, to_level, industry, issuer, nef
