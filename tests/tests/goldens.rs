//! Eight styles, two seeds each: the notes that they play are written down in tests/golden/.
//! `cargo xtask bless` rewrites them; the commit says what changed and why.

use tests::fixtures::first_difference;
use tests::golden;

fn compare(stem: &str) {
    for seed in golden::SEEDS {
        let path = golden::path(stem, seed);
        let want =
            std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let have = golden::table(stem, seed);
        let (want, have): (Vec<&str>, Vec<&str>) = (want.lines().collect(), have.lines().collect());
        if let Some(difference) = first_difference(&want, &have) {
            panic!("{stem} with seed {seed} plays something else {difference}");
        }
    }
}

macro_rules! goldens {
    ($($name:ident)*) => { $(
        #[test]
        fn $name() {
            compare(stringify!($name));
        }
    )* };
}

goldens! { lofi house rock funk jazz bossa trap ballad }

#[test]
fn every_golden_style_is_compared() {
    let names = [
        "lofi", "house", "rock", "funk", "jazz", "bossa", "trap", "ballad",
    ];
    assert_eq!(names, golden::STYLES);
}
