use super::*;
use crate::library::Library;

/// (prompt, what it says that it understood, what it says that it did not).
#[rustfmt::skip]
const PROMPTS: &[(&str, &str, &str)] = &[
    ("slow lo-fi in D minor, 92 bpm, 32 bars, no drums", "Lo-fi hip hop, D minor, 92 BPM, 32 bars, no drums", ""),
    ("Lofi hip hop", "Lo-fi hip hop, minor, 80 BPM", ""),
    ("dark trap at 140", "Trap, minor, 140 BPM, energy 44 %", ""),
    ("a happy pop song in G major", "Pop, G major, 110 BPM, energy 62 %", ""),
    ("funky", "Funk, minor, 104 BPM", ""),
    ("funk, 104bpm, key of E minor, seed 7", "Funk, E minor, 104 BPM, seed 7", ""),
    ("jazz waltz", "Jazz swing, major, 144 BPM, 3/4", ""),
    ("jazz swing in Bb, fast", "Jazz swing, Bb major, 206 BPM", ""),
    ("bossa nova in F, just bass and keys", "Bossa nova, F major, 132 BPM, only bass and harmony", ""),
    ("house track, 2 minutes", "House, minor, 123 BPM, 60 bars", ""),
    ("rock in 7/8", "Rock, major, 120 BPM, 7/8", ""),
    ("rock 5/4 very busy drums", "Rock, major, 120 BPM, 5/4, drums density 98 %", ""),
    ("F# dorian funk", "Funk, F# dorian, 104 BPM", ""),
    ("A minor", "A minor", ""),
    ("in a minor key", "minor", ""),
    ("in a minor", "A minor", ""),
    ("in A", "key A", ""),
    ("Am", "A minor", ""),
    ("am i dreaming", "", "am; dreaming"),
    ("Bbm trap", "Trap, Bb minor, 142 BPM", ""),
    ("C", "", "C"),
    ("in c", "key C", ""),
    ("key of E flat", "key Eb", ""),
    ("E flat major ballad", "Soul ballad, Eb major, 70 BPM", ""),
    ("D sharp minor", "Eb minor", ""),
    ("without melody", "no melody", ""),
    ("drums only", "only drums", ""),
    ("no drums or bass", "no drums, no bass", ""),
    ("only drums, bass and keys", "no texture, no melody", ""),
    ("just a simple song", "density 30 %, complexity 30 %", ""),
    ("everything but the kitchen sink", "", "everything; kitchen sink"),
    ("sparse, laid-back soul ballad, 68 bpm", "Soul ballad, major, 68 BPM, density 30 %, complexity 30 %, humanize 82 %, push +10 ms", ""),
    ("energetic rock with fills", "Rock, major, 120 BPM, energy 78 %, density 68 %, fills 95 %", ""),
    ("not too fast jazz", "Jazz swing, major, 134 BPM", ""),
    ("less busy drums", "drums density 45 %", ""),
    ("a bit swinging", "swing +20 %", ""),
    ("very dark", "minor, energy 41 %", ""),
    ("loose", "humanize 100 %", ""),
    ("robotic house", "House, minor, 123 BPM, humanize 0 %", ""),
    ("tight funk", "Funk, minor, 104 BPM, humanize 30 %", ""),
    ("straight jazz", "Jazz swing, major, 144 BPM, swing -100 %", ""),
    ("humanize 100%", "humanize 100 %", ""),
    ("swing 60 %", "swing +60 %", ""),
    ("drums density 40", "drums density 40 %", ""),
    ("energy 900", "", "energy 900 (out of range)"),
    ("density 80", "density 80 %", ""),
    ("900 bpm", "", "900 bpm (tempos go from 20 to 300 BPM)"),
    ("1000 bars", "", "1000 bars (a song has 4 to 400 bars)"),
    ("2 bars", "", "2 bars (a song has 4 to 400 bars)"),
    ("9/7", "", "9/7 (no meter that a bar can hold)"),
    ("seed 123456", "", "seed 123456 (seeds go from 0 to 9999)"),
    ("seed 42", "seed 42", ""),
    ("two minutes of bossa", "Bossa nova, major, 132 BPM, 68 bars", ""),
    ("three and a half minutes", "104 bars", ""),
    ("2:30 of house", "House, minor, 123 BPM, 76 bars", ""),
    ("ninety seconds", "", "ninety seconds"),
    ("90 seconds", "44 bars", ""),
    ("half a minute of rock", "Rock, major, 120 BPM, 16 bars", ""),
    ("1 minute and 30 seconds of pop", "Pop, major, 110 BPM, 40 bars", ""),
    ("sixteen bars", "16 bars", ""),
    ("16-bar loop", "16 bars, variation 5 %", ""),
    ("polka", "", "polka"),
    ("purple monkey dishwasher", "", "purple monkey dishwasher"),
    ("jaz", "Jazz swing, major, 144 BPM, \"jaz\" read as \"jazz\"", ""),
    ("bosa nova", "Bossa nova, major, 132 BPM, \"bosa\" read as \"bossa\"", ""),
    ("funck in d mior", "Funk, D minor, 104 BPM, \"funck\" read as \"funk\", \"mior\" read as \"minor\"", ""),
    ("jazz rock", "Jazz swing, major, 144 BPM", "rock (one style at a time)"),
    ("jazz, rock", "Jazz swing, major, 144 BPM", "rock (one style at a time)"),
    ("waltz", "3/4", ""),
    ("12/8 blues", "Blues shuffle, major, 104 BPM, 12/8", ""),
    ("harmonic minor trap", "Trap, harmonic minor, 142 BPM", ""),
    ("phrygian dominant", "phrygian dominant", ""),
    ("play me something nice", "", "nice"),
    ("drum and bass", "Drum and bass, minor, 174 BPM", ""),
    ("melody and bass", "", "melody and bass (say with, no or only)"),
    ("no bagpipes", "", "bagpipes (no such instrument here)"),
    ("with strings", "the whole band, string pad on texture", ""),
    ("piano ballad", "Soul ballad, major, 70 BPM, grand piano on harmony", ""),
    ("bossa with guitar", "Bossa nova, major, 132 BPM, the whole band, nylon guitar on harmony", ""),
    ("guitar house", "House, minor, 123 BPM, clean guitar on harmony", ""),
    ("flute melody, organ bass", "drawbar organ on bass, flute on melody", ""),
    ("busy organ and quiet drums", "drawbar organ on harmony, drums energy 28 %, drums density 50 %, harmony density 85 %", ""),
    ("strings and brass", "string pad on texture", "brass (one instrument a part)"),
    ("synth lead chords", "", "synth lead chords (cannot play that part)"),
    ("rhodes trap without 808s", "Trap, minor, 142 BPM, no bass, electric piano on harmony", ""),
    ("jazz with oboe", "Jazz swing, major, 144 BPM", "oboe (no such instrument here)"),
    ("jazz with saxophone", "Jazz swing, major, 144 BPM, the whole band, saxophone on melody", ""),
    ("no piano", "no harmony", ""),
    ("high melody", "melody register +1 oct", ""),
    ("low bass", "bass register -1 oct", ""),
    ("syncopated bass", "bass syncopation 85 %", ""),
    ("no fills", "fills 0 %", ""),
    ("house with no chords, no pads", "House, minor, 123 BPM, no harmony, no texture", ""),
    ("more energy", "energy 70 %", ""),
    ("chill", "energy 28 %, density 50 %", ""),
    ("chill but busy", "energy 28 %, density 75 %", ""),
    ("slow, fast", "156 BPM", ""),
    ("C# minor 128 bpm 4/4 house 64 bars seed 9 no melody energetic", "House, Db minor, 128 BPM, 4/4, 64 bars, no melody, energy 78 %, density 68 %, seed 9", ""),
    ("", "", ""),
    ("!!!", "", ""),
    ("42", "", "42"),
    ("at 96", "96 BPM", ""),
    ("around 100 bpm", "100 BPM", ""),
    ("in 5 minutes", "152 bars", ""),
    ("tempo 88", "88 BPM", ""),
    ("loud and fast punk", "156 BPM, energy 78 %, density 68 %", "punk"),
    ("R&B slow jam", "Soul ballad, major, 70 BPM", ""),
    ("rock'n'roll", "Rock, major, 120 BPM", ""),
    ("Lo-Fi!!! 80BPM!!!", "Lo-fi hip hop, minor, 80 BPM", ""),
    ("in three, gentle, piano and strings", "3/4, grand piano on harmony, string pad on texture, energy 28 %, density 50 %", ""),
    ("big chorus with theremin", "energy 78 %, density 68 %", "chorus; theremin (no such instrument here)"),
    ("🎸 rock 🥁", "Rock, major, 120 BPM", ""),
    ("ROCK IN E MIXOLYDIAN AT 132 BPM", "Rock, E mixolydian, 132 BPM", ""),
    ("lofi, verse and chorus", "Lo-fi hip hop, minor, 80 BPM", "verse; chorus"),
    ("bass-heavy trap", "Trap, minor, 142 BPM, energy 78 %, density 68 %", "bass (say with, no or only)"),
    ("techno", "Techno, minor, 132 BPM", ""),
    ("zydeco", "", "zydeco"),
    ("country", "", "country"),
    ("dreamy house with pads, without drums", "House, minor, 123 BPM, no drums, energy 32 %, density 45 %, humanize 80 %", ""),
    ("give me a loose, human funk groove in Bb mixolydian", "Funk, Bb mixolydian, 104 BPM, humanize 100 %", ""),
    ("48 bars of jazz in C minor, no chords", "Jazz swing, C minor, 144 BPM, 48 bars, no harmony", ""),
    ("laid back hip hop beat in F minor at 84", "Lo-fi hip hop, F minor, 84 BPM, humanize 82 %, push +10 ms", ""),
    ("house, seed nine", "House, minor, 123 BPM, seed 9", ""),
    ("rock 120", "Rock, major, 120 BPM", "120"),
    ("slow reggae in A minor", "Reggae, A minor, 66 BPM", ""),
    ("synthwave, no vocals", "Synthwave, minor, 100 BPM, the whole band", ""),
    ("disco at 118 with strings", "Disco, minor, 118 BPM, the whole band, string pad on texture", ""),
    ("G blues", "Blues shuffle, G major, 104 BPM", ""),
    ("rok", "Rock, major, 120 BPM, \"rok\" read as \"rock\"", ""),
    ("a very sad song", "minor, energy 28 %, density 48 %", ""),
    ("epic rock in D", "Rock, D major, 120 BPM, energy 78 %, density 68 %", ""),
    ("less complex melody", "melody complexity 29 %", ""),
    ("energy 65% drums fills 20%", "energy 65 %, drums fills 20 %", ""),
];

#[test]
fn prompts_are_understood_or_said_not_to_be() {
    let library = Library::load(None);
    let mut wrong = Vec::new();
    for (prompt, understood, not_understood) in PROMPTS {
        let result = read(prompt, &library, Context::default());
        let not = result.not_understood.join("; ");
        if result.understood != *understood || not != *not_understood {
            wrong.push(format!("({prompt:?}, {:?}, {not:?}),", result.understood));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn answer(prompt: &str) -> PromptResult {
    read(prompt, &Library::load(None), Context::default())
}

fn set(result: &PromptResult, id: &str) -> Option<String> {
    result
        .set
        .iter()
        .find(|(own, _)| own == id)
        .map(|(_, text)| text.clone())
}

#[test]
fn parameters_are_texts_as_the_host_shows_them() {
    let result = answer(
        "slow lofi in F# dorian, 92 bpm, busy drums, dark, laid back, swinging bass, seed 7",
    );
    let of = |id: &str| set(&result, id).unwrap_or_default();
    assert_eq!(of("style"), "Lo-fi hip hop");
    assert_eq!(of("key"), "F#");
    assert_eq!(
        of("scale"),
        "Dorian",
        "a scale that is named wins over a mood's"
    );
    assert_eq!(
        of("tempo"),
        "92 BPM",
        "a tempo that is named wins over a word"
    );
    assert_eq!(of("energy"), "44 %");
    assert_eq!(of("drums_density"), "85 %");
    assert_eq!(
        set(&result, "bass_density"),
        None,
        "busy drums leave the bass alone"
    );
    assert_eq!(of("melody_push"), "+10 ms");
    assert_eq!(of("bass_swing"), "+40 %");
    assert_eq!(of("seed"), "7");
}

#[test]
fn no_parameter_is_set_twice() {
    let library = Library::load(None);
    for (prompt, ..) in PROMPTS {
        let result = read(prompt, &library, Context::default());
        let mut ids: Vec<&String> = result.set.iter().map(|(id, _)| id).collect();
        ids.sort();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{prompt}");
    }
}

#[test]
fn a_lane_s_own_word_wins_over_the_band_s() {
    for prompt in ["sparse, busy drums", "busy drums, sparse"] {
        let result = answer(prompt);
        assert_eq!(
            set(&result, "drums_density").as_deref(),
            Some("85 %"),
            "{prompt}"
        );
        assert_eq!(
            set(&result, "bass_density").as_deref(),
            Some("30 %"),
            "{prompt}"
        );
    }
}

#[test]
fn songs_change_as_asked() {
    use music::lane::Lane;
    let mut song = Song::default();
    answer("jazz waltz, 48 bars, just bass and keys")
        .song
        .apply(&mut song);
    assert_eq!((song.bars, song.meter), (48, Meter::new(3, 4).unwrap()));
    assert!(song.lanes.has(Lane::Bass) && song.lanes.has(Lane::Harmony));
    assert!(!song.lanes.has(Lane::Drums) && !song.lanes.has(Lane::Melody));
    assert_eq!(
        answer("dark").song,
        SongChange::default(),
        "a mood leaves the song alone"
    );
    let of = |song: &Song, lane: Lane| song.instruments[lane.index()].to_string();
    answer("organ, flute").song.apply(&mut song);
    assert_eq!(of(&song, Lane::Harmony), "organ");
    answer("piano").song.apply(&mut song);
    assert_eq!(of(&song, Lane::Harmony), "piano");
    assert_eq!(
        of(&song, Lane::Melody),
        "flute",
        "not named again: it stays"
    );
    answer("house with strings").song.apply(&mut song);
    assert_eq!(of(&song, Lane::Texture), "string-pad");
    assert_eq!(of(&song, Lane::Melody), "", "a named style brings its own");
}

#[test]
fn minutes_follow_the_tempo_that_will_play() {
    let library = Library::load(None);
    let bars = |prompt: &str, context: Context| read(prompt, &library, context).song.bars;
    let own = Context::default();
    assert_eq!(bars("2 minutes at 120", own), Some(60));
    assert_eq!(bars("2 minutes at 60 bpm", own), Some(32));
    assert_eq!(bars("1 minute in 3/4 at 120 bpm", own), Some(40));
    let host = Context {
        host_tempo: true,
        tempo_bpm: 120.0,
        ..own
    };
    assert_eq!(
        bars("2 minutes of lofi at 60 bpm", host),
        Some(60),
        "the host's clock stays"
    );
    assert_eq!(bars("40 minutes", own), None);
}

#[test]
fn the_host_s_tempo_is_left_to_the_host() {
    let library = Library::load(None);
    let host = Context {
        host_tempo: true,
        ..Context::default()
    };
    let named = read("lofi", &library, host);
    assert_eq!(set(&named, "tempo"), None);
    assert_eq!(named.understood, "Lo-fi hip hop, minor");
    let asked = read("lofi at 84", &library, host);
    assert_eq!(set(&asked, "tempo").as_deref(), Some("84 BPM"));
    assert!(
        asked.understood.contains("the host keeps its tempo"),
        "{}",
        asked.understood
    );
}

#[test]
fn hostile_prompts_end() {
    let long = "a ".repeat(100_000);
    let strange = "\u{0}\u{202e} 7/0 0/0 999999999999999999999/4 :: 1:99 ### ''' -5 bars 1e9 bpm";
    for prompt in [
        long.as_str(),
        strange,
        "////",
        "in in in in",
        "no no no",
        "just just",
        "%%%",
    ] {
        let _ = answer(prompt);
    }
}
