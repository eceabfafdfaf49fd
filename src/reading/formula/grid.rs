//! Rows and columns: matrices, cases, aligned lines.

use pulldown_latex::event::{
    ArrayColumn, ColumnAlignment, EnvironmentFlow, Event, Grouping, Line, StateChange,
};

use super::build::{Builder, event, incomplete, is_flow, length, size, space};
use super::fault::Why;
use crate::reading::model::{Grid, GridKind, Length, Math, Side, Style};
use l10n::say;

/// How far the last line of a multi-line formula stands to the right of the first, in ems.
const STEP: f64 = 4.0;

impl Builder<'_> {
    /// Reads the lines of an environment, up to its end.
    pub(super) fn grid(&mut self, grouping: &Grouping) -> Result<Math, Why> {
        read(self, grouping)
    }
}

fn read(builder: &mut Builder, grouping: &Grouping) -> Result<Math, Why> {
    let mut grid = Grid {
        kind: GridKind::Matrix,
        rows: vec![],
        columns: vec![],
        style: None,
        vertical: vec![],
        horizontal: vec![],
    };
    if let Some(Event::StateChange(StateChange::Style(style))) = builder.peek() {
        builder.next();
        // The parser has the text's own size for small matrices.
        let small = matches!(grouping, Grouping::Matrix { .. });
        grid.style = Some(if small { Style::Script } else { size(*style) });
    }
    let aligned = matches!(
        grouping,
        Grouping::Align { .. }
            | Grouping::Aligned
            | Grouping::Alignat { .. }
            | Grouping::Alignedat { .. }
            | Grouping::Split
    );
    rows(builder, &mut grid, aligned)?;
    let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
    let all = |side| vec![side; width];
    (grid.kind, grid.columns) = match grouping {
        Grouping::Array(columns) => {
            let (sides, lines) = specified(columns)?;
            grid.vertical = lines;
            (GridKind::Matrix, sides)
        }
        Grouping::Matrix { alignment } => (GridKind::Matrix, all(side(*alignment))),
        Grouping::Cases { left: true } => (GridKind::Cases, all(Side::Left)),
        Grouping::Cases { left: false } => (GridKind::CasesBefore, all(Side::Left)),
        Grouping::SubArray { alignment } => (GridKind::Stack, all(side(*alignment))),
        Grouping::Equation { .. } => {
            let body = grid.rows.into_iter().flatten().flatten().collect();
            return Ok(Math::Row { body });
        }
        Grouping::Multline => {
            stepped(&mut grid.rows);
            (GridKind::Lines, all(Side::Center))
        }
        Grouping::Gather { .. } | Grouping::Gathered => (GridKind::Lines, all(Side::Center)),
        _ if aligned => {
            let sides = [Side::Right, Side::Left].into_iter().cycle();
            (GridKind::Lines, sides.take(width).collect())
        }
        _ => return Err(incomplete()),
    };
    let width = width.max(grid.columns.len());
    grid.columns.resize(width, Side::Center);
    for row in &mut grid.rows {
        row.resize(width, vec![]);
    }
    Ok(Math::Grid(grid))
}

fn rows(builder: &mut Builder, grid: &mut Grid, aligned: bool) -> Result<(), Why> {
    let mut row = vec![];
    loop {
        let lines = |grid: &mut Grid, lines: &[Line]| {
            let at = grid.rows.len();
            grid.horizontal.extend(lines.iter().map(|_| at));
        };
        if let Some(Event::EnvironmentFlow(EnvironmentFlow::StartLines { lines: start })) =
            builder.peek()
        {
            lines(grid, start);
            builder.next();
            continue;
        }
        builder.font = None;
        builder.continues = aligned && row.len() % 2 == 1;
        row.push(builder.row()?);
        match builder.peek() {
            Some(Event::EnvironmentFlow(EnvironmentFlow::Alignment)) => {
                builder.next();
            }
            flow if is_flow(flow) => {
                builder.next();
                let Some(Event::EnvironmentFlow(EnvironmentFlow::NewLine {
                    spacing,
                    horizontal_lines,
                })) = flow
                else {
                    return Err(incomplete());
                };
                if let (Some(spacing), Some(cell)) = (spacing, row.last_mut()) {
                    cell.push(deeper(length(*spacing)));
                }
                grid.rows.push(std::mem::take(&mut row));
                lines(grid, horizontal_lines);
            }
            _ => break,
        }
    }
    // Behind the last `\\` there is no line.
    if grid.rows.is_empty() || row.iter().any(|cell| !cell.is_empty()) {
        grid.rows.push(row);
    }
    Ok(())
}

/// What brings the next line down, from the depth of letters on.
fn deeper(by: Length) -> Math {
    let depth = match by {
        Length::Em(ems) => Length::Em(ems + 0.25),
        Length::Pt(points) => Length::Pt(points + 2.5),
    };
    Math::Space { width: Length::Em(0.0), height: None, depth: Some(depth) }
}

/// The columns of an array, and those before which a line stands.
fn specified(columns: &[ArrayColumn]) -> Result<(Vec<Side>, Vec<usize>), Why> {
    let (mut sides, mut lines) = (vec![], vec![]);
    for column in columns {
        match column {
            ArrayColumn::Column(alignment) => sides.push(side(*alignment)),
            ArrayColumn::Separator(Line::Solid) if lines.last() != Some(&sides.len()) => {
                lines.push(sides.len());
            }
            ArrayColumn::Separator(_) => {
                return Err(event(
                    say!("a dashed or a double line cannot be set"),
                    say!("write one `|` between two columns"),
                ));
            }
        }
    }
    Ok((sides, lines))
}

/// The first line stands to the left of the others, the last to their right.
fn stepped(rows: &mut [Vec<Vec<Math>>]) {
    if rows.len() < 2 {
        return;
    }
    if let Some(cell) = rows.first_mut().and_then(|row| row.first_mut()) {
        cell.push(space(STEP));
    }
    if let Some(cell) = rows.last_mut().and_then(|row| row.first_mut()) {
        cell.insert(0, space(STEP));
    }
}

fn side(alignment: ColumnAlignment) -> Side {
    match alignment {
        ColumnAlignment::Left => Side::Left,
        ColumnAlignment::Center => Side::Center,
        ColumnAlignment::Right => Side::Right,
    }
}
