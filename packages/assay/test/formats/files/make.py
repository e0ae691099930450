"""Makes the files beside it with the formats' own tools: pip install safetensors==0.8.0 gguf==0.19.0 numpy==2.4.6"""

import pathlib

import gguf
import numpy
from safetensors.numpy import save_file

here = pathlib.Path(__file__).parent

save_file(
    {
        "embed": numpy.arange(12, dtype=numpy.float16).reshape(3, 4),
        "head": numpy.arange(4, dtype=numpy.float32),
        "mask": numpy.array([True, False, True]),
        "none": numpy.zeros((0, 4), dtype=numpy.int8),
        "step": numpy.array(7, dtype=numpy.int64),
    },
    here / "mixed.safetensors",
    metadata={"format": "pt", "modelspec.title": "Tiny", "modelspec.license": "Apache-2.0"},
)

for name, order in (("llama", gguf.GGUFEndian.LITTLE), ("big-endian", gguf.GGUFEndian.BIG)):
    writer = gguf.GGUFWriter(here / f"{name}.gguf", "llama", endianess=order)
    writer.add_name("Tiny")
    writer.add_license("mit")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_context_length(128)
    writer.add_token_list(["<s>", "</s>", "a", "b"])
    writer.add_token_scores([0.0, 0.0, -1.0, -2.0])
    writer.add_tensor("token_embd.weight", numpy.zeros((4, 32), dtype=numpy.float32))
    writer.add_tensor("output.weight", numpy.zeros((4, 32), dtype=numpy.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
