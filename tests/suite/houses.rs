//! Brands as others write them, and the three houses in every example.

use testkit::pdf::File;

use crate::brand::{LEAF, furnish, inks, pages, render, report};
use crate::project::{Project, copy, repository};

/// A report with a file of Quarto's, and the pictures that it names.
fn of_quarto(name: &str, pictures: &[&str]) -> Project {
    let project = Project::starter();
    let path = repository().join("tests/brands/quarto").join(format!("{name}.yml"));
    project.write("content/_brand.yml", std::fs::read(path).expect("a brand"));
    for picture in pictures {
        project.write(&format!("content/{picture}"), LEAF);
    }
    project
}

#[test]
fn three_files_of_quarto_are_read_as_they_come() {
    let cases: [(&str, &[&str], &[&str]); 3] = [
        (
            "agency",
            &["marks/sign.svg", "marks/wide.svg", "marks/wide-white.svg"],
            &["meta.address", "meta.links", "typography.link", "typography.base.size", "defaults"],
        ),
        (
            "society",
            &[],
            &["`background`", "`dark` is not used", "`Proxima Nowhere`", "typography.base.size"],
        ),
        (
            "laboratory",
            &["full.svg", "icon.svg"],
            &[
                "meta.description",
                "meta.author",
                "color.accent",
                "color.error",
                "typography.code",
                "`button`",
                "`table`",
                "favicon",
            ],
        ),
    ];
    for (name, pictures, told) in cases {
        let project = of_quarto(name, pictures);
        let (bytes, said) = render(&project, &[]);
        assert!(!said.lines().any(|line| line.starts_with("error")), "{name}: {said}");
        assert_eq!(said.matches("warning[TP0601]").count(), 1, "{name}: told once a run: {said}");
        let all = project.run(&["brand", "--check"]).ok().stderr;
        for word in told {
            assert!(all.contains(word), "{name}: `{word}` is not told: {all}");
        }
        assert!(all.matches("content/_brand.yml:").count() >= told.len(), "{name}: {all}");
        assert!(!all.contains("`Source Sans 3` is not fetched"), "{name}: it is built in: {all}");
        let plain = render(&Project::starter(), &[]).0;
        assert!(bytes != plain, "{name} changes nothing");
        let run = project.run(&["render", "p.pdf", "--profile", "press"]);
        assert_eq!(run.code, Some(0), "{name}: {}", run.stderr);
    }
    // In a file of ours, a key that is none is a fault.
    let project = report("report", "color: {accent: \"#00594C\"}\n");
    let run = project.run(&["render", "o.pdf"]);
    assert!(run.stderr.contains("unknown key `accent`"), "{}", run.stderr);
}

#[test]
fn design_tokens_are_read_as_a_brand() {
    let project = Project::starter();
    let path = repository().join("tests/brands/house.tokens.json");
    project.write("content/brand.tokens.json", std::fs::read(path).expect("tokens"));
    project.write("content/leaf.svg", LEAF);
    let (_, said) = render(&project, &[]);
    assert!(!said.contains("error"), "{said}");
    assert!(
        said.contains("print has no use for tokens of the type `dimension`: 2 of them"),
        "{said}"
    );
    let (press, _) = render(&project, &["--profile", "press"]);
    let file = File::open(press);
    assert!(file.fonts().keys().any(|font| font.contains("SourceSerif4")), "{:?}", file.fonts());
    project.run(&["brand", "sheet.pdf"]).ok();
    let sheet = pages(&std::fs::read(project.join("sheet.pdf")).expect("a sheet"));
    let words = sheet[0].text().replace(' ', "");
    for colour in ["#105244", "#B78A3F", "#1D262B"] {
        assert!(words.contains(colour), "{colour}: {words}");
    }
    // Faults are at their lines.
    for (from, to, message, place) in [
        ("{color.base.coal}", "{color.base.cola}", "there is no token `color.base.cola`", ":16:"),
        ("\"$type\": \"color\",\n    \"base\"", "\"base\"", "has no type", ":5:"),
        (", \"hex\": \"#B78A3F\"", "", "is in `oklch`", ":10:"),
    ] {
        let text = std::fs::read_to_string(repository().join("tests/brands/house.tokens.json"))
            .expect("tokens");
        assert!(text.contains(from), "{from}");
        project.write("content/brand.tokens.json", text.replace(from, to));
        let run = project.run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(1), "{message}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{message}: {}", run.stderr);
        assert!(
            run.stderr.contains(&format!("content/brand.tokens.json{place}")),
            "{message}: {}",
            run.stderr
        );
    }
}

/// Each of the three reports in each of the three houses, through the preflight. With a folder in
/// `TRENDPRESS_HOUSES` the files are kept there, to be looked at.
///
/// Takes some minutes: `cargo test --test suite -- --ignored each_example --nocapture`.
#[test]
#[ignore = "takes some minutes"]
fn each_example_in_each_house_is_printed_without_a_finding() {
    let kept = std::env::var_os("TRENDPRESS_HOUSES").map(std::path::PathBuf::from);
    let mut found = vec![];
    for example in ["", "examples/paper", "examples/trends-en"] {
        let folder = repository().join(example);
        if !folder.join("content/report.yaml").is_file() {
            continue;
        }
        for name in ["bank", "ministry", "startup"] {
            let project = Project::empty();
            copy(&folder.join("content"), &project.join("content"));
            // The pages of a house are bound in signatures.
            project.edit("content/report.yaml", "\nparts:", "\npress: {signature: 4}\nparts:");
            furnish(&project, name);
            let (screen, _) = render(&project, &[]);
            let (press, said) = render(&project, &["--profile", "press"]);
            let file = File::open(press.clone());
            let (pages, inks) = (file.pages(), inks(&file.pages()));
            assert!(inks.contains(&[0, 0, 0, 100]), "{example}, {name}");
            assert!(inks.iter().all(|all| all.iter().sum::<u32>() <= 300), "{example}, {name}");
            let spots = file.separations().contains("PANTONE 187 C");
            assert_eq!(spots, name == "ministry", "{example}, {name}");
            let mut counts = vec![];
            for profile in ["x4", "gwg-sheetfed", "house"] {
                let run =
                    project.run(&["preflight", "o.pdf", "--profile", profile, "--format", "json"]);
                let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
                let list =
                    value["findings"].as_array().or(value.as_array()).expect("findings").clone();
                // A spot colour that the house means is no fault.
                let list = list.iter().filter(|one| !(spots && one["code"] == "B1-spot"));
                let list: Vec<String> =
                    list.map(|one| format!("{example}, {name}, {profile}: {one}")).collect();
                counts.push(format!("{profile} {}", list.len()));
                found.extend(list);
            }
            println!(
                "{example}, {name}: {} pages; {}; {}",
                pages.len(),
                counts.join(", "),
                said.lines().last().unwrap_or_default()
            );
            if let Some(kept) = &kept {
                let stem = format!(
                    "{}-{name}",
                    example.rsplit('/').next().filter(|it| !it.is_empty()).unwrap_or("report")
                );
                std::fs::write(kept.join(format!("{stem}.pdf")), screen).expect("a file");
                std::fs::write(kept.join(format!("{stem}-press.pdf")), press).expect("a file");
            }
        }
    }
    assert_eq!(found, [""; 0]);
}
