//! Products of two estimated numbers, such as how often × how much: by the delta method
//! (first order), and by draws.

use crate::answer::{Answer, Spread, Z};
use crate::clustered::{Fit, products as sum_of_products, steady};
use crate::draws::middle;
use crate::random::generator;
use crate::reason::{NoAnswer, Result, finite, same_length};
use crate::share::Shares;
use crate::symmetric::Symmetric;
use rand_distr::{ChiSquared, Distribution, StandardNormal};

/// `a × b` with the variance `b²·var(a) + a²·var(b) + 2ab·covariance`; degrees of freedom by
/// Welch and Satterthwaite from the first two parts. `n` is `a`'s.
///
/// # Errors
/// [`NoAnswer::NotFinite`]. Where one factor has no spread, the product has none, for that reason.
pub fn product(a: &Answer, b: &Answer, covariance: f64) -> Result<Answer> {
    finite(covariance)?;
    let value = finite(finite(a.value)? * finite(b.value)?)?;
    let spread = match (&a.spread, &b.spread) {
        (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
        (Ok(sa), Ok(sb)) => {
            let from_a = (b.value * sa.se).powi(2);
            let from_b = (a.value * sb.se).powi(2);
            let variance = from_a + from_b + 2.0 * a.value * b.value * covariance;
            Spread::symmetric(
                value,
                variance.max(0.0).sqrt(),
                welch(from_a, sa.df, from_b, sb.df),
            )
        }
    };
    Ok(Answer {
        value,
        n: a.n,
        spread,
    })
}

fn welch(a: f64, df_a: f64, b: f64, df_b: f64) -> f64 {
    let squares = a * a / df_a + b * b / df_b;
    if squares > 0.0 {
        (a + b) * (a + b) / squares
    } else {
        f64::INFINITY
    }
}

/// The same from draws: each factor is its value plus its error times a draw of t with its own
/// degrees of freedom. The interval is the middle 95%, and `se` its width over 2 × 1.96, since
/// draws of few degrees of freedom have no standard deviation.
///
/// # Errors
/// As [`product`], and [`NoAnswer::TooFewItems`] under 100 draws.
pub fn product_by_draws(
    a: &Answer,
    b: &Answer,
    covariance: f64,
    draws: usize,
    seed: u64,
) -> Result<Answer> {
    if draws < 100 {
        return Err(NoAnswer::TooFewItems {
            n: draws,
            needed: 100,
        });
    }
    let plain = product(a, b, covariance)?;
    let (Ok(sa), Ok(sb)) = (&a.spread, &b.spread) else {
        return Ok(plain);
    };
    let correlation = (covariance / (sa.se * sb.se)).clamp(-1.0, 1.0);
    let rest = (1.0 - correlation * correlation).sqrt();
    let mut random = generator(seed, "product");
    let stretch_a = Stretch::of(sa.df);
    let stretch_b = Stretch::of(sb.df);
    let values = (0..draws)
        .map(|_| {
            let first: f64 = StandardNormal.sample(&mut random);
            let second: f64 = StandardNormal.sample(&mut random);
            let second = correlation * first + rest * second;
            let x = a.value + sa.se * first * stretch_a.draw(&mut random);
            let y = b.value + sb.se * second * stretch_b.draw(&mut random);
            x * y
        })
        .collect();
    let (low, high) = middle(values);
    let spread = Spread {
        se: (high - low) / (2.0 * Z),
        df: f64::INFINITY,
        low,
        high,
    };
    Ok(Answer {
        value: plain.value,
        n: plain.n,
        spread: Ok(spread),
    })
}

/// What turns a normal draw into one of t: `sqrt(df / chi-squared)`.
pub(crate) struct Stretch(Option<(f64, ChiSquared<f64>)>);

impl Stretch {
    pub fn of(df: f64) -> Self {
        Self(
            ChiSquared::new(df)
                .ok()
                .filter(|_| df.is_finite())
                .map(|chi| (df, chi)),
        )
    }

    pub fn draw(&self, random: &mut impl rand::Rng) -> f64 {
        match &self.0 {
            // A draw of zero (possible below one degree of freedom) would be infinite.
            Some((df, chi)) => (df / chi.sample(random).max(1e-12)).sqrt(),
            None => 1.0,
        }
    }
}

/// Products of shares and slopes of the same columns in the same clusters.
#[derive(Clone, Debug)]
pub struct Products {
    /// One for each column asked for; where there is no slope, its reason.
    pub answers: Vec<Result<Answer>>,
    /// Positions in `answers` that have a product; `covariance` goes by this list.
    pub answered: Vec<usize>,
    /// Joint covariance, steadied as in [`Fit::steady_covariance`].
    pub covariance: Symmetric,
}

/// Share × slope for every column, the covariance between shares and slopes taken from what each
/// cluster adds to both. `shares` and `fit` must come from the same clusters in the same order and
/// the same list of columns.
///
/// # Errors
/// [`NoAnswer::Shape`] if columns or clusters differ in number.
pub fn products(shares: &Shares, fit: &Fit) -> Result<Products> {
    same_length(fit.coefficients.len(), shares.answers.len())?;
    same_length(fit.influence.len(), shares.influence.len())?;
    let size = fit.answered.len();
    let slopes: Vec<&Answer> = fit
        .answered
        .iter()
        .filter_map(|&k| fit.coefficients[k].slope.as_ref().ok())
        .collect();
    let share = |q: usize| &shares.answers[fit.answered[q]];
    let influence: Vec<Vec<f64>> = fit
        .influence
        .iter()
        .zip(&shares.influence)
        .map(|(of_slopes, of_shares)| {
            (0..size)
                .map(|q| {
                    slopes[q].value * of_shares[fit.answered[q]] + share(q).value * of_slopes[q]
                })
                .collect()
        })
        .collect();
    let measured = sum_of_products(&influence, size);
    let mut working = Symmetric::zeros(size);
    for (i, slope) in slopes.iter().enumerate() {
        let reach = share(i).value;
        for j in 0..=i {
            let mut part = reach * share(j).value * fit.working_covariance.get(i, j);
            if i == j {
                part += slope.value.powi(2) * reach * (1.0 - reach) / shares.n as f64;
            }
            working.set(i, j, part);
        }
    }
    let mut answers: Vec<Result<Answer>> = fit
        .coefficients
        .iter()
        .map(|coefficient| coefficient.slope.clone())
        .collect();
    let mut freedom = Vec::new();
    for (q, &position) in fit.answered.iter().enumerate() {
        let reach = share(q);
        let covariance = fit
            .influence
            .iter()
            .zip(&shares.influence)
            .map(|(of_slopes, of_shares)| of_slopes[q] * of_shares[position])
            .sum();
        let answer = product(reach, slopes[q], covariance)?;
        if let Ok(spread) = &answer.spread {
            freedom.push(spread.df);
        }
        answers[position] = Ok(answer);
    }
    let covariance = steady(&measured, &working, freedom);
    Ok(Products {
        answers,
        answered: fit.answered.clone(),
        covariance,
    })
}
