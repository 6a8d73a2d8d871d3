//! A SoundFont made for tests: small, whole, ours.
#![allow(dead_code)]

/// Samples of one turn of the looped sine.
pub const TURN: usize = 100;

fn chunk(id: &str, data: &[u8]) -> Vec<u8> {
    let mut out = id.as_bytes().to_vec();
    out.extend((data.len() as u32).to_le_bytes());
    out.extend(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
    out
}

fn list(id: &str, chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut data = id.as_bytes().to_vec();
    data.extend(chunks.concat());
    chunk("LIST", &data)
}

fn named(name: &str, rest: &[u8]) -> Vec<u8> {
    let mut out = name.as_bytes().to_vec();
    out.resize(20, 0);
    out.extend(rest);
    out
}

fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

/// A file with one instrument in bank 0 and in bank 128: a looped sine of 480 Hz.
pub fn file() -> Vec<u8> {
    let mut samples = Vec::new();
    for i in 0..10 * TURN {
        let turn = std::f32::consts::TAU * i as f32 / TURN as f32;
        samples.extend(((12_000.0 * turn.sin()) as i16).to_le_bytes());
    }
    samples.extend([0u8; 92]);
    let preset = |name: &str, program: u16, bank: u16, bag: u16| {
        let mut rest = words(&[program, bank, bag]);
        rest.extend([0u8; 12]);
        named(name, &rest)
    };
    let mut header = Vec::new();
    for value in [0u32, 10 * TURN as u32, TURN as u32, 9 * TURN as u32, 48_000] {
        header.extend(value.to_le_bytes());
    }
    // 480 Hz is 49 cents under B4 (493.88 Hz): root key 71, correction +49.
    header.extend([71, 49]);
    header.extend(words(&[0, 1]));
    let end_header = named("EOS", &[0; 26]);
    let pdta = [
        chunk(
            "phdr",
            &[
                preset("Sine lead", 5, 0, 0),
                preset("Sine kit", 0, 128, 1),
                preset("EOP", 0, 0, 2),
            ]
            .concat(),
        ),
        chunk("pbag", &words(&[0, 0, 1, 0, 2, 0])),
        chunk("pmod", &[0; 10]),
        // Generator 41: the instrument.
        chunk("pgen", &words(&[41, 0, 41, 0, 0, 0])),
        chunk(
            "inst",
            &[named("Sine", &words(&[0])), named("EOI", &words(&[1]))].concat(),
        ),
        chunk("ibag", &words(&[0, 0, 2, 0])),
        chunk("imod", &[0; 10]),
        // Generators 54 (loop on) and 53 (the sample).
        chunk("igen", &words(&[54, 1, 53, 0, 0, 0])),
        chunk("shdr", &[named("Sine", &header), end_header].concat()),
    ];
    let info = [
        chunk("ifil", &words(&[2, 1])),
        chunk("isng", b"EMU8000\0"),
        chunk("INAM", b"Test\0\0"),
    ];
    let mut data = b"sfbk".to_vec();
    data.extend(list("INFO", &info));
    data.extend(list("sdta", &[chunk("smpl", &samples)]));
    data.extend(list("pdta", &pdta));
    chunk("RIFF", &data)
}
