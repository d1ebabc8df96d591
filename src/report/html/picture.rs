//! The data map as a picture: five columns, ribbons as wide as what they carry, and the same as a table.

use super::sections::badge;
use crate::finding::Verdict;
use crate::report::map::{COLUMNS, Map, Node};
use maud::{Markup, html};

/// Size of the drawing, in its own units.
const WIDTH: f64 = 1240.0;
/// Width of a node.
const BAR: f64 = 10.0;
/// Room for labels right of the last column.
const MARGIN: f64 = 215.0;
/// Height of the headings.
const TOP: f64 = 34.0;
/// Least height of a node, and the gap below it; two lines of label fit.
const LEAST: f64 = 22.0;
const GAP: f64 = 14.0;
/// Height that the weights of one column share, at most.
const HEIGHT: f64 = 420.0;
/// Height of one finding, at most.
const UNIT: f64 = 26.0;
/// Characters of a label.
const MAX_LABEL: usize = 30;
/// Verdicts in the order of the legend.
const VERDICTS: [Verdict; 5] =
    [Verdict::Foreign, Verdict::Possible, Verdict::Unresolved, Verdict::Domestic, Verdict::Local];

/// Where a node is drawn.
struct Place {
    x: f64,
    y: f64,
    height: f64,
}

/// The picture with its legend, and the table that says the same.
pub fn figure(map: &Map) -> Markup {
    html! {
        section #map aria-labelledby="map-title" {
            h2 #map-title { "Data map" }
            @if map.nodes.is_empty() { p { "No language-model call was found, so there is nothing to draw." } }
            @else {
                p.small {
                    "From the data through the code and the call to the recipient and those who can compel it. A ribbon "
                    "is as wide as the findings and calls it carries. "
                    span.js { "Point at a node to follow it, press it to filter the findings." }
                }
                ul.legend aria-label="Legend" {
                    @for verdict in VERDICTS { @if map.nodes.iter().any(|node| node.verdict == verdict) || map.links.iter().any(|link| link.verdict == verdict) { li { (badge(verdict)) } } }
                }
                div.scroll.picture tabindex="0" role="region" aria-label="Data map, can be scrolled sideways" { (drawing(map)) }
                details.card { summary { span.what { "The map as a table" } } (table(map)) }
            }
        }
    }
}

fn drawing(map: &Map) -> Markup {
    let scale = scale(map);
    let (places, height) = places(map, scale);
    let mut used: Vec<(f64, f64)> = vec![(0.0, 0.0); map.nodes.len()];
    let ribbons: Vec<Markup> = map
        .links
        .iter()
        .enumerate()
        .map(|(index, link)| {
            let (from, to, width) = (&places[link.from], &places[link.to], (link.weight * scale).max(1.5));
            let (start, end) = (used[link.from].1 + width / 2.0, used[link.to].0 + width / 2.0);
            used[link.from].1 += width;
            used[link.to].0 += width;
            let (x0, x1) = (from.x + BAR, to.x);
            let (y0, y1) = (from.y + start.min(from.height), to.y + end.min(to.height));
            let middle = (x0 + x1) / 2.0;
            let path = format!("M{x0:.1} {y0:.1}C{middle:.1} {y0:.1} {middle:.1} {y1:.1} {x1:.1} {y1:.1}");
            html! {
                path class={ "link v-" (link.verdict.as_str()) } data-l=(index) d=(path) stroke-width=(format!("{width:.1}")) {
                    title { (map.nodes[link.from].label) " → " (map.nodes[link.to].label) ": " (link.verdict.as_str()) ", " (link.parts.len()) }
                }
            }
        })
        .collect();
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (format!("{height:.0}")) } role="group" aria-labelledby="map-title" {
            defs { @for verdict in [Verdict::Possible, Verdict::Unresolved] { (pattern(verdict)) } }
            g aria-hidden="true" {
                @for (column, title) in COLUMNS.iter().enumerate() {
                    text.column x=(format!("{:.1}", column_x(column))) y="16" { (title) }
                }
            }
            g.links aria-hidden="true" { @for ribbon in &ribbons { (ribbon) } }
            g.nodes { @for (index, (node, place)) in map.nodes.iter().zip(&places).enumerate() { (bar(index, node, place)) } }
        }
    }
}

/// Lines or dots instead of a full colour, for verdicts that are not certain.
fn pattern(verdict: Verdict) -> Markup {
    let word = verdict.as_str();
    html! {
        pattern id={ "p-" (word) } width="6" height="6" patternUnits="userSpaceOnUse"
            patternTransform=[(verdict == Verdict::Possible).then_some("rotate(45)")] {
            rect class={ "ground v-" (word) } width="6" height="6" {}
            @if verdict == Verdict::Possible { rect class={ "ink v-" (word) } width="2.5" height="6" {} }
            @else { circle class={ "ink v-" (word) } cx="3" cy="3" r="1.4" {} }
        }
    }
}

fn bar(index: usize, node: &Node, place: &Place) -> Markup {
    let (x, y) = (format!("{:.1}", place.x), format!("{:.1}", place.y));
    let label_x = format!("{:.1}", place.x + BAR + 6.0);
    let label_y = format!("{:.1}", place.y + place.height / 2.0 - 2.0);
    let below = format!("{:.1}", place.y + place.height / 2.0 + 11.0);
    let carried = format!("{} {}", node.parts.len(), if node.parts.len() == 1 { "path" } else { "paths" });
    html! {
        g class={ "node v-" (node.verdict.as_str()) } data-n=(index) tabindex="0" role="button" aria-pressed="false"
            aria-label={ (COLUMNS[node.column]) ": " (node.label) ", " (node.verdict.as_str()) ", " (carried) } {
            title { (node.label) }
            rect.hit x=(x) y=(y) width="170" height=(format!("{:.1}", place.height.max(26.0))) {}
            rect.bar x=(x) y=(y) width=(BAR) height=(format!("{:.1}", place.height)) rx="1.5" {}
            text x=(label_x) y=(label_y) { (short(&node.label)) }
            text.sub x=(label_x) y=(below) { (node.verdict.as_str()) " · " (carried) }
        }
    }
}

/// Units of height for a weight of one.
fn scale(map: &Map) -> f64 {
    let total: f64 = map.nodes.iter().filter(|node| node.column == 0).map(|node| node.weight).sum();
    UNIT.min(HEIGHT / total.max(1.0))
}

/// Where every node stands, and how high the picture is.
fn places(map: &Map, scale: f64) -> (Vec<Place>, f64) {
    let mut next = [TOP; COLUMNS.len()];
    let mut places: Vec<Place> = Vec::new();
    for node in &map.nodes {
        let height = (node.weight * scale).max(LEAST);
        places.push(Place { x: column_x(node.column), y: next[node.column], height });
        next[node.column] += height + GAP;
    }
    let bottom = next.into_iter().fold(TOP, f64::max);
    // Short columns are centred beside long ones.
    for (node, place) in map.nodes.iter().zip(&mut places) {
        place.y += (bottom - next[node.column]) / 2.0;
    }
    (places, bottom + 6.0)
}

fn column_x(column: usize) -> f64 {
    column as f64 * (WIDTH - MARGIN - BAR) / (COLUMNS.len() - 1) as f64
}

/// A label that fits its column; paths keep their end.
fn short(label: &str) -> String {
    let length = label.chars().count();
    if length <= MAX_LABEL {
        return label.to_string();
    }
    match label.contains('/') {
        true => format!("…{}", label.chars().skip(length + 1 - MAX_LABEL).collect::<String>()),
        false => format!("{}…", label.chars().take(MAX_LABEL - 1).collect::<String>()),
    }
}

fn table(map: &Map) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="The map as a table" {
            table {
                caption { "Every ribbon of the picture: from, to, verdict, findings and calls" }
                thead { tr { th scope="col" { "From" } th scope="col" { "To" } th scope="col" { "Verdict" } th.num scope="col" { "Paths" } } }
                tbody {
                    @for link in &map.links {
                        @let (from, to) = (&map.nodes[link.from], &map.nodes[link.to]);
                        tr {
                            td { (from.label) " " span.small { (COLUMNS[from.column]) } }
                            td { (to.label) " " span.small { (COLUMNS[to.column]) } }
                            td { (badge(link.verdict)) }
                            td.num { (link.parts.len()) }
                        }
                    }
                }
            }
        }
    }
}
