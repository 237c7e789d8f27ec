"""Make the encoder of the fine grade: read its pre-trained weights, train it on tagged words, write it as ONNX."""
