"""What the scripts of this folder share: a TensorFlow Lite file, field by field of the published schema, and the file of expectations beside it."""
import json
import os

import flatbuffers
import numpy as np

FOLDER = os.path.dirname(os.path.abspath(__file__))

FLOAT32, FLOAT16, INT32, UINT8, INT8 = 0, 1, 2, 3, 9
TYPES = {"float32": FLOAT32, "float16": FLOAT16, "int32": INT32, "uint8": UINT8, "int8": INT8}
CODES = {
    "ADD": 0, "DEQUANTIZE": 6, "FULLY_CONNECTED": 9, "LOGISTIC": 14, "MUL": 18, "RELU": 19, "RELU_N1_TO_1": 20, "RELU6": 21, "RESHAPE": 22,
    "SOFTMAX": 25, "TANH": 28, "CUSTOM": 32, "SUB": 41, "DIV": 42, "SQUEEZE": 43, "LOG_SOFTMAX": 50, "EXPAND_DIMS": 70, "LEAKY_RELU": 98, "ELU": 111,
    "QUANTIZE": 114, "HARD_SWISH": 117, "GELU": 150, "AVERAGE_POOL_2D": 1, "CONCATENATION": 2, "CONV_2D": 3, "DEPTHWISE_CONV_2D": 4, "MAX_POOL_2D": 17,
    "PAD": 34, "TRANSPOSE": 39, "MEAN": 40, "UNIDIRECTIONAL_SEQUENCE_LSTM": 44, "STRIDED_SLICE": 45, "PRELU": 54, "MAXIMUM": 55, "MINIMUM": 57, "PADV2": 60, "TRANSPOSE_CONV": 67,
    "SHAPE": 77, "REDUCE_MAX": 82, "PACK": 83, "RELU_0_TO_1": 152,
}
NONE, RELU, RELU_N1_TO_1, RELU6, TANH = 0, 1, 2, 3, 4


class Model:
    """Tensors, buffers and operators, written as a FlatBuffer at the end."""

    def __init__(self, input_shape, signature=None, input_type=FLOAT32, quantization=None):
        self.tensors, self.buffers, self.operators, self.codes = [], [b""], [], []
        self.value = self.tensor("serving_default_x:0", input_shape, input_type, quantization=quantization, signature=signature)
        self.inputs = [self.value]
        self.outputs = []

    def tensor(self, name, shape, kind, data=None, quantization=None, signature=None):
        buffer = 0
        if data is not None:
            buffer = len(self.buffers)
            self.buffers.append(data)
        self.tensors.append(dict(name=name, shape=list(shape), kind=kind, buffer=buffer, quantization=quantization, signature=signature))
        return len(self.tensors) - 1

    def constant(self, name, array, quantization=None):
        array = np.asarray(array, order="C")
        return self.tensor(name, array.shape, TYPES[array.dtype.name], array.tobytes(), quantization)

    def add(self, code, shape, constants=(), options=None, name=None, kind=FLOAT32, value_at=0, quantization=None, custom=None):
        """One operator on the value; constants are the indices of its other inputs."""
        inputs = list(constants)
        inputs.insert(value_at, self.value)
        self.value = self.tensor(name or f"model/{code.lower()}_{len(self.operators)}/{code}", shape, kind, quantization=quantization)
        self.operator(code, inputs, [self.value], options, custom)

    def operator(self, code, inputs, outputs, options=None, custom=None):
        if (code, custom) not in self.codes:
            self.codes.append((code, custom))
        self.operators.append((self.codes.index((code, custom)), inputs, outputs, options))

    def dense(self, weight, bias, fused=NONE, name=None, **more):
        """weight is [out, in], or the index of a tensor."""
        index = weight if isinstance(weight, int) else self.constant("kernel", weight.astype(np.float32))
        biases = -1 if bias is None else bias if isinstance(bias, int) else self.constant("bias", bias.astype(np.float32))
        units = self.tensors[index]["shape"][0]
        self.add("FULLY_CONNECTED", [1, units], [index, biases], (8, {0: ("Int8", fused)}), name or f"model/fc{len(self.operators)}/MatMul", **more)

    def write(self, file, outside=False):
        b = flatbuffers.Builder(1024)

        def vector(values, prepend, size):
            b.StartVector(size, len(values), size)
            for value in reversed(values):
                getattr(b, prepend)(value)
            return b.EndVector()

        def ints(values):
            return vector(values, "PrependInt32", 4)

        def offsets(values):
            return vector(values, "PrependUOffsetTRelative", 4)

        def table(count, fields):
            b.StartObject(count)
            for slot, (kind, value) in sorted(fields.items()):
                if kind == "Offset":
                    b.PrependUOffsetTRelativeSlot(slot, value, 0)
                else:
                    getattr(b, f"Prepend{kind}Slot")(slot, value, None)
            return b.EndObject()

        def quantization(q):
            scale, zero, axis = q
            fields = {2: ("Offset", vector(scale, "PrependFloat32", 4)), 3: ("Offset", vector(zero, "PrependInt64", 8)), 6: ("Int32", axis)}
            return table(7, fields)

        def tensor(t):
            fields = {0: ("Offset", ints(t["shape"])), 1: ("Int8", t["kind"]), 2: ("Uint32", t["buffer"]), 3: ("Offset", b.CreateString(t["name"]))}
            if t["quantization"]:
                fields[4] = ("Offset", quantization(t["quantization"]))
            if t["signature"]:
                fields[7] = ("Offset", ints(t["signature"]))
            return table(10, fields)

        def options(o):
            kind, fields = o
            made = {slot: ("Offset", ints(value)) if how == "Ints" else (how, value) for slot, (how, value) in fields.items()}
            return table(max([3, *made]) + 1, made)

        def operator(o):
            code, inputs, outputs, opts = o
            fields = {0: ("Uint32", code), 1: ("Offset", ints(inputs)), 2: ("Offset", ints(outputs))}
            if opts:
                fields[3] = ("Uint8", opts[0])
                fields[4] = ("Offset", options(opts))
            return table(12, fields)

        def operator_code(name, custom):
            code = CODES[name]
            fields = {0: ("Int8", min(code, 127)), 2: ("Int32", 1), 3: ("Int32", code)}
            if custom:
                fields[1] = ("Offset", b.CreateString(custom))
            return table(4, fields)

        def data(content):
            b.StartVector(1, len(content), 16)
            b.head = b.head - len(content)
            b.Bytes[b.head:b.head + len(content)] = content
            return b.EndVector()

        def buffer(index, content, places):
            if not content:
                return table(3, {})
            if outside:
                # Where the bytes will lie is known on the second pass only; the tables are as long on the first.
                return table(3, {1: ("Uint64", places[index]), 2: ("Uint64", len(content))})
            return table(3, {0: ("Offset", data(content))})

        places = [1 << 32] * len(self.buffers)
        for _ in range(2 if outside else 1):
            b = flatbuffers.Builder(1024)
            buffers = offsets([buffer(i, content, places) for i, content in enumerate(self.buffers)])
            graph = table(5, {
                0: ("Offset", offsets([tensor(t) for t in self.tensors])), 1: ("Offset", ints(self.inputs)), 2: ("Offset", ints(self.outputs or [self.value])),
                3: ("Offset", offsets([operator(o) for o in self.operators])), 4: ("Offset", b.CreateString("main"))})
            graphs = offsets([graph])
            codes = offsets([operator_code(*c) for c in self.codes])
            model = table(8, {
                0: ("Uint32", 3), 1: ("Offset", codes), 2: ("Offset", graphs), 3: ("Offset", b.CreateString("written field by field")),
                4: ("Offset", buffers)})
            b.Finish(model, file_identifier=b"TFL3")
            content = bytes(b.Output())
            if outside:
                places, position = [], len(content)
                for part in self.buffers:
                    places.append(position)
                    position += len(part)
        with open(os.path.join(FOLDER, file + ".tflite"), "wb") as out:
            out.write(content + (b"".join(self.buffers) if outside else b""))


def expect(name, inputs, function, **named):
    """named: the model's and the output's name where they are not the fixture's and the only one."""
    outputs = [np.ravel(function(x.astype(np.float64))).tolist() for x in inputs]
    with open(os.path.join(FOLDER, name + ".json"), "w") as out:
        rows = {"inputs": [np.ravel(x).tolist() for x in inputs], "outputs": outputs}
        head = "".join(f' "{k}": {json.dumps(v)},\n' for k, v in named.items())
        out.write("{\n" + head + ",\n".join(f' "{k}": [\n' + ",\n".join("  " + json.dumps(row) for row in v) + "\n ]" for k, v in rows.items()) + "\n}\n")


def wide(values):
    return values.astype(np.float32).astype(np.float64)
