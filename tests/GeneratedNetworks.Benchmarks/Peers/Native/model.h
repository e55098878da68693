#pragma once
#include <torch/torch.h>
#include <vector>

// Dense layers with one activation between them and a linear output.
inline torch::nn::Sequential build(const std::vector<int64_t> &sizes, bool tanh) {
    torch::nn::Sequential model;
    for (size_t i = 1; i < sizes.size(); i++) {
        model->push_back(torch::nn::Linear(sizes[i - 1], sizes[i]));
        if (i + 1 == sizes.size()) continue;
        if (tanh) model->push_back(torch::nn::Tanh());
        else model->push_back(torch::nn::ReLU());
    }
    return model;
}
