//! Reports by chance: whatever an author may write is printed as it must be.
//!
//! `TRENDPRESS_SEEDS=0..2000` tries these instead of the first fifty; with `TRENDPRESS_KEEP=DIR`,
//! each project that fails is written there with its PDF, and once more without what the failure
//! does not need.

mod blocks;
mod boxes;
mod charts;
mod charts_more;
mod judge;
mod more;
mod pages;
mod plan;
mod random;
mod text;
mod write;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use judge::{Kind, Verdict};
use plan::Plan;

#[test]
fn reports_by_chance_are_printed() {
    let asked = std::env::var("TRENDPRESS_SEEDS").ok();
    let seeds = asked.as_deref().map_or(0..50, range);
    let keep = std::env::var_os("TRENDPRESS_KEEP").map(PathBuf::from);
    // Who asks for seeds sees each failure at once; otherwise, they are shown where the test fails.
    let judged = try_all(seeds, Plan::of, |seed, verdict, plan| {
        if asked.is_some() {
            println!("{}", line(seed, verdict));
        }
        if let Some(keep) = &keep {
            save(seed, plan, verdict, keep);
        }
    });
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    let failed = judged.iter().filter(|(_, verdict)| !verdict.breaches.is_empty());
    for (seed, verdict) in failed {
        verdict.kinds().into_iter().for_each(|kind| *kinds.entry(kind).or_default() += 1);
        if asked.is_none() {
            println!("{}", line(*seed, verdict));
        }
    }
    let slowest = judged.iter().max_by_key(|(_, verdict)| verdict.took);
    let (seed, took) = slowest.map_or((0, Duration::ZERO), |(seed, verdict)| (*seed, verdict.took));
    println!("{} reports; failed: {kinds:?}; slowest: {seed}, {took:.1?}", judged.len());
    assert!(kinds.is_empty(), "{kinds:?}");
}

/// Seeds of reports with charts whose faults are known and open: a blank page behind a part of charts alone.
const OPEN_CHARTS: [u64; 1] = [11];

#[test]
fn charts_by_chance_are_printed() {
    let keep = std::env::var_os("TRENDPRESS_KEEP").map(PathBuf::from);
    let judged = try_all(0..16, Plan::of_charts, |seed, _, plan| {
        if let Some(keep) = &keep {
            judge::judge(write::write(&plan), Some(&keep.join(format!("charts-{seed}"))));
        }
    });
    let failed = judged
        .iter()
        .filter(|(seed, verdict)| !verdict.breaches.is_empty() && !OPEN_CHARTS.contains(seed));
    let failed: Vec<String> = failed.map(|(seed, verdict)| line(*seed, verdict)).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Judges seeds on all processors, but not in the pool of threads where the program itself works:
/// whoever waits there keeps it from working.
fn try_all(
    seeds: Range<u64>,
    plan: fn(u64) -> Plan,
    failed: impl Fn(u64, &Verdict, Plan) + Sync,
) -> Vec<(u64, Verdict)> {
    let next = AtomicU64::new(seeds.start);
    let work = || {
        let mut out = vec![];
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if !seeds.contains(&seed) {
                return out;
            }
            let plan = plan(seed);
            let verdict = judge::judge(write::write(&plan), None);
            if !verdict.breaches.is_empty() {
                failed(seed, &verdict, plan);
            }
            out.push((seed, verdict));
        }
    };
    let mut out: Vec<_> = thread::scope(|scope| {
        let count = thread::available_parallelism().map_or(1, NonZero::get);
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no panic")).collect()
    });
    out.sort_by_key(|(seed, _)| *seed);
    out
}

/// A failure in one line.
fn line(seed: u64, verdict: &Verdict) -> String {
    let (first, count) = (&verdict.breaches[0], verdict.breaches.len());
    format!("{seed}: {:?}: {} ({count} in all)", verdict.kinds(), first.told)
}

/// `17`, or `0..2000`.
fn range(text: &str) -> Range<u64> {
    let number = |text: &str| text.parse().expect("`TRENDPRESS_SEEDS` is `17` or `0..2000`");
    match text.split_once("..") {
        Some((start, end)) => number(start)..number(end),
        None => number(text)..number(text) + 1,
    }
}

/// Writes a report that fails to a folder, and the same made smaller.
fn save(seed: u64, plan: Plan, verdict: &Verdict, keep: &Path) {
    let folder = keep.join(seed.to_string());
    judge::judge(write::write(&plan), Some(&folder));
    let kind = verdict.breaches[0].kind;
    if kind != Kind::Slow {
        let (small, told) = shrunk(plan, kind);
        judge::judge(write::write(&small), Some(&folder.join("small")));
        println!("{seed}: {kind:?}, made smaller: {told}");
    }
}

/// A smaller report that fails in the same way: without parts, without blocks, with shorter ones.
fn shrunk(mut plan: Plan, kind: Kind) -> (Plan, String) {
    let mut told = String::new();
    loop {
        let smaller = smaller(&plan).into_iter().find_map(|plan| {
            let verdict = judge::judge(write::write(&plan), None);
            let breach = verdict.breaches.into_iter().find(|breach| breach.kind == kind)?;
            Some((plan, breach.told))
        });
        let Some((next, why)) = smaller else { return (plan, told) };
        (plan, told) = (next, why);
    }
}

/// All reports that are one step smaller, beginning with the largest steps.
fn smaller(plan: &Plan) -> Vec<Plan> {
    let mut out = vec![];
    let mut change = |change: &dyn Fn(&mut Plan)| {
        let mut smaller = plan.clone();
        change(&mut smaller);
        out.push(smaller);
    };
    for part in 0..plan.parts.len() {
        if plan.parts.len() > 1 {
            change(&|plan| _ = plan.parts.remove(part));
        }
    }
    for (part, of) in plan.parts.iter().enumerate() {
        let half = of.blocks.len() / 2;
        if half > 0 {
            change(&|plan| _ = plan.parts[part].blocks.drain(..half));
            change(&|plan| plan.parts[part].blocks.truncate(half));
        }
        for (block, of) in of.blocks.iter().enumerate() {
            change(&|plan| _ = plan.parts[part].blocks.remove(block));
            if of.size > 1 {
                change(&|plan| plan.parts[part].blocks[block].size /= 2);
                change(&|plan| plan.parts[part].blocks[block].size -= 1);
            }
        }
        if of.extras > 0 {
            change(&|plan| plan.parts[part].extras = 0);
        }
        if of.pages.is_some() {
            change(&|plan| plan.parts[part].pages = None);
        }
    }
    out
}
